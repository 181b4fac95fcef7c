# In the scope in which a command runs, without a variable of ours in it. The source comes last,
# since it may have many lines.
. (&<compile> <source>)
