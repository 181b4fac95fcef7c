# Makes a temporary file beside its target, or finds it made, and says which; while somebody else
# writes to it, reads it behind him. Standard input, line by line: how many bytes are there by now; last of all how many
# there are in all, a blank, and their SHA-256 in hexadecimal. Only if both are right does the file
# take its target's name. Whatever goes wrong, an end of the input anywhere included, leaves no
# temporary file and the target as it was. It calls .NET alone, as cmdlets would see wildcards in
# paths.
$again={
  # Another process may hold a file for a moment, a scanner of viruses or a server that closes it: so
  # some tries, for half a second.
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
try{
  $target=<target>
  if([System.IO.Path]::DirectorySeparatorChar -eq '\' -and $target -match '^/[A-Za-z]:'){
    # C:/x as SFTP writes it.
    $target=$target.Substring(1)
  }
  $target=[System.IO.Path]::GetFullPath($target)
  if([System.IO.Directory]::Exists($target)){
    throw "$target is a directory"
  }
  $folder=[System.IO.Path]::GetDirectoryName($target)
  [void][System.IO.Directory]::CreateDirectory($folder)
  $part=[System.IO.Path]::Combine($folder,<part>)
  # .NET Framework's own SHA-256 is slow, so there it is that of Windows.
  if($PSVersionTable.PSVersion.Major -gt 5){
    $sha=[System.Security.Cryptography.SHA256]::Create()
  }else{
    $sha=[System.Security.Cryptography.SHA256Cng]::new()
  }
  $buffer=[byte[]]::new(1048576)
  $file=$null
  [long]$length=0
  try{
    [System.IO.File]::Open($part,'CreateNew','Write','None').Dispose()
    $found='<made>'
  }catch{
    if(![System.IO.File]::Exists($part)){
      throw
    }
    $found='<seen>'
  }
  try{
    [System.Console]::Out.WriteLine($found)
    do{
      $line=[System.Console]::In.ReadLine()
      if(!$line){
        throw 'the copy was given up'
      }
      [long]$there,$digest=$line.Split(' ')
      if(!$file){
        try{
          $file=[System.IO.File]::Open($part,'Open','Read','ReadWrite, Delete')
        }catch{
          # Windows' sftp-server lets nobody read what it writes. In the end it has closed it.
          if(!$digest){
            continue
          }
          $file=& $again {[System.IO.File]::Open($part,'Open','Read','Read, Delete')}
        }
      }
      while($length -lt $there){
        $count=$file.Read($buffer,0,[System.Math]::Min($buffer.Length,$there-$length))
        if(!$count){
          break
        }
        [void]$sha.TransformBlock($buffer,0,$count,$null,0)
        $length+=$count
      }
    }until($digest)
    [void]$sha.TransformFinalBlock($buffer,0,0)
    if($file.Length -ne $there -or [System.BitConverter]::ToString($sha.Hash).Replace('-','') -ne $digest){
      throw "its bytes did not arrive whole, $($file.Length) of $there came"
    }
    $file.Dispose()
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
  }finally{
    if($file){
      $file.Dispose()
    }
    & $again {[System.IO.File]::Delete($part)}
  }
}catch{
  # The reason alone, without our line numbers.
  [System.Console]::Error.WriteLine($_.Exception.GetBaseException().Message)
  exit 1
}
