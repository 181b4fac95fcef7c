# Ends a process and all that it has started, and waits until it is gone. The id may by now be another
# process's: ours has the name of this one, and is older. Exit code 0: its end was seen, or there was
# no such process any more; else why not is on stderr.
$id=<id>
$patience=<patience>
$ErrorActionPreference='Stop'
try{
  $process=[System.Diagnostics.Process]::GetProcessById($id)
  $me=[System.Diagnostics.Process]::GetCurrentProcess()
  if($process.ProcessName -ne $me.ProcessName -or $process.StartTime -gt $me.StartTime){
    exit 0
  }
}catch{
  exit 0
}
try{
  if($PSVersionTable.PSVersion.Major -gt 5){
    $process.Kill($true)
  }else{
    # .NET Framework can end one process alone.
    $ErrorActionPreference='Continue'
    taskkill.exe /F /T /PID $id 2>&1|Out-Null
  }
}catch [System.InvalidOperationException]{
  # It has ended by itself.
}
if(!$process.WaitForExit($patience)){
  throw "process $id has not ended within $patience ms"
}
