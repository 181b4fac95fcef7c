# Makes a script block of the script's text, which has a tail: the check of its last statement.
# ($? is true after a block has run, whatever happened in it.) The tail does not fit behind named
# blocks, begin, process and end, so what does not parse is tried without it.
#
# The parser's own exception would print nothing for a script that ends too early; its message says
# line, column and reason, and the command ends with exit code 1.
{
  param($t)
  try{
    [scriptblock]::Create($t)
  }catch{
    try{
      [scriptblock]::Create($t.Substring(0,$t.Length-<tail length>))
    }catch{
      throw $_.Exception.InnerException.Message
    }
  }
}
