# In .NET Framework, PowerShell 5.1's, Move does not replace, and Replace wants a file to replace.
# Another copy to the same target may come in between. The last copy has the name.
& $again {
  if($PSVersionTable.PSVersion.Major -gt 5){
    [System.IO.File]::Move($part,$target,$true)
  }elseif([System.IO.File]::Exists($target)){
    [System.IO.File]::Replace($part,$target,[NullString]::Value)
  }else{
    [System.IO.File]::Move($part,$target)
  }
}
