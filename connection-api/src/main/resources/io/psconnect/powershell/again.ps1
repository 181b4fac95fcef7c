# Another process may hold a file for a moment, a scanner of viruses or a server that closes it: so
# some tries, for half a second.
$again={
  param($action)
  for($try=1;;$try++){
    try{
      return (& $action)
    }catch{
      if($try -eq 10){
        throw
      }
      [System.Threading.Thread]::Sleep(50)
    }
  }
}
