# One of several that receive a file in blocks, side by side, in one temporary file beside the
# target. Standard input: blocks, each a header and as many bytes as it says. The header is where in
# the file the block begins (8 bytes, little endian), how long it is there (4), and how many bytes
# follow (4): if these are fewer, they are deflated. A block that begins at -1 is the last. If 40
# bytes follow it, this is the one that finishes, when the others are done: they are the file's
# length (8) and its SHA-256 (32); only if both are right does the file take its target's name.
# Whatever goes wrong, an end of the input anywhere included, leaves no temporary file and the
# target as it was. It calls .NET alone, as cmdlets would see wildcards in paths.
$again={
  # Another process may hold a file for a moment, a scanner of viruses for instance: so some tries,
  # for half a second.
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
$part=$null
$keep=$false
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
  $source=[System.Console]::OpenStandardInput()
  $packed=[byte[]]::new(<block>)
  $plain=[byte[]]::new(<block>)
  $header=[byte[]]::new(16)
  $fill={
    param($buffer,$count)
    $have=0
    while($have -lt $count){
      $read=$source.Read($buffer,$have,$count-$have)
      if(!$read){
        throw 'the copy was given up'
      }
      $have+=$read
    }
  }
  $file=$null
  try{
    while($true){
      & $fill $header 16
      $offset=[System.BitConverter]::ToInt64($header,0)
      $length=[System.BitConverter]::ToInt32($header,8)
      $count=[System.BitConverter]::ToInt32($header,12)
      & $fill $packed $count
      if($offset -lt 0){
        break
      }
      # Only now, so that one that comes up when the copy has been given up makes none.
      if(!$file){
        $file=[System.IO.File]::Open($part,'OpenOrCreate','Write','ReadWrite, Delete')
      }
      $file.Position=$offset
      if($count -lt $length){
        $inflater=[System.IO.Compression.DeflateStream]::new([System.IO.MemoryStream]::new($packed,0,$count),[System.IO.Compression.CompressionMode]::Decompress)
        $have=0
        while($have -lt $length){
          $read=$inflater.Read($plain,$have,$length-$have)
          if(!$read){
            throw 'a block did not arrive whole'
          }
          $have+=$read
        }
        $file.Write($plain,0,$length)
      }else{
        $file.Write($packed,0,$length)
      }
    }
  }finally{
    if($file){
      $file.Dispose()
    }
  }
  if($count -eq 40){
    # .NET Framework's own SHA-256 is slow, so there it is that of Windows.
    if($PSVersionTable.PSVersion.Major -gt 5){
      $sha=[System.Security.Cryptography.SHA256]::Create()
    }else{
      $sha=[System.Security.Cryptography.SHA256Cng]::new()
    }
    $file=& $again {[System.IO.File]::Open($part,'Open','Read','Read, Delete')}
    try{
      $there=$file.Length
      $digest=[System.BitConverter]::ToString($sha.ComputeHash($file))
    }finally{
      $file.Dispose()
    }
    if($there -ne [System.BitConverter]::ToInt64($packed,0) -or $digest -ne [System.BitConverter]::ToString($packed,8,32)){
      throw "its bytes did not arrive whole, $there came"
    }
    # In .NET Framework, PowerShell 5.1's, Move does not replace, and Replace wants a file to
    # replace. The last copy has the name.
    & $again {
      if($PSVersionTable.PSVersion.Major -gt 5){
        [System.IO.File]::Move($part,$target,$true)
      }elseif([System.IO.File]::Exists($target)){
        [System.IO.File]::Replace($part,$target,[NullString]::Value)
      }else{
        [System.IO.File]::Move($part,$target)
      }
    }
  }
  $keep=$true
}catch{
  # The reason alone, without our line numbers.
  [System.Console]::Error.WriteLine($_.Exception.GetBaseException().Message)
}
if(!$keep){
  if($part){
    # Another of us may hold it on a host that does not let it be deleted then; that one will.
    try{[System.IO.File]::Delete($part)}catch{}
  }
  exit 1
}
