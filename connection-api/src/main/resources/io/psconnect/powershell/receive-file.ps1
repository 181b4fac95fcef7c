# Receives a file on standard input: its bytes, then the 32 bytes of their SHA-256. It is written
# under a temporary name beside its target, and takes its name only if the digest is right.
# Whatever goes wrong, an end of the input anywhere included, leaves no temporary file and the target
# as it was. Prints the digest and the number of bytes. It calls .NET alone, as cmdlets would see
# wildcards in paths. <Words> stand for what ReceivingScript.java puts in.
<again>
try{
  <find-target>
  $sha=[System.Security.Cryptography.SHA256]::Create()
  $source=[System.Console]::OpenStandardInput()
  # A megabyte, and room for the last 32 bytes that have come, which may be the digest.
  $buffer=[byte[]]::new(1048608)
  $held=0
  [long]$length=0
  try{
    $file=[System.IO.File]::Open($part,'CreateNew','Write','None')
    try{
      while(($read=$source.Read($buffer,$held,$buffer.Length-$held)) -gt 0){
        $held+=$read
        $count=$held-32
        if($count -gt 0){
          [void]$sha.TransformBlock($buffer,0,$count,$null,0)
          $file.Write($buffer,0,$count)
          [System.Buffer]::BlockCopy($buffer,$count,$buffer,0,32)
          $held=32
          $length+=$count
        }
      }
    }finally{
      $file.Dispose()
    }
    [void]$sha.TransformFinalBlock($buffer,0,0)
    $digest=[System.BitConverter]::ToString($sha.Hash)
    if($held -lt 32 -or $digest -ne [System.BitConverter]::ToString($buffer,0,32)){
      throw "its bytes did not arrive whole, $length came"
    }
    <take-name>
    $digest.Replace('-','').ToLowerInvariant()+" $length"
  }finally{
    [System.IO.File]::Delete($part)
  }
}catch{
  # The reason alone, without our line numbers.
  [System.Console]::Error.WriteLine($_.Exception.GetBaseException().Message)
  exit 1
}
