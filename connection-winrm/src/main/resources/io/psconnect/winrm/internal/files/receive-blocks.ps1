# One of several that receive a file in blocks, side by side, in one temporary file beside the
# target. Standard input: blocks, each a header and as many bytes as it says. The header is where in
# the file the block begins (8 bytes, little endian), how long it is there (4), and how many bytes
# follow (4): if these are fewer, they are deflated. A block that begins at -1 is the last. If 40
# bytes follow it, this is the one that finishes, when the others are done: they are the file's
# length (8) and its SHA-256 (32); only if both are right does the file take its target's name.
# Whatever goes wrong, an end of the input anywhere included, leaves no temporary file and the
# target as it was. It calls .NET alone, as cmdlets would see wildcards in paths. <Words> stand for
# what ReceivingScript.java and Receiver.java put in.
<again>
$part=$null
$keep=$false
try{
  <find-target>
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
    <sha256>
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
    <take-name>
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
