# Says the process's id, first of all that stderr gets: before it, nothing of ours has written, and
# nothing of the script has run. The backend takes it off.
[System.Console]::Error.Write("<mark> $PID`n");
