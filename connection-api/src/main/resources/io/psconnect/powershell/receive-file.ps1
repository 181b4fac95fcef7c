# Receives a file on standard input: its bytes, then the 32 bytes of their SHA-256. It is written
# under a temporary name beside its target, and takes its name only if the digest is right.
# Whatever goes wrong, an end of the input anywhere included, leaves no temporary file and the target
# as it was. Prints the digest and the number of bytes. It calls .NET alone, as cmdlets would see
# wildcards in paths.
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
  $part=[System.IO.Path]::Combine($folder,'.'+[guid]::NewGuid().ToString('N')+'.part')
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
    # In .NET Framework, PowerShell 5.1's, Move does not replace, and Replace wants a file to replace.
    # Another copy to the same target may come in between, or a scanner of viruses hold it: so some
    # tries, for half a second. The last copy has the name.
    for($try=1;;$try++){
      try{
        if($PSVersionTable.PSVersion.Major -gt 5){
          [System.IO.File]::Move($part,$target,$true)
        }elseif([System.IO.File]::Exists($target)){
          [System.IO.File]::Replace($part,$target,[NullString]::Value)
        }else{
          [System.IO.File]::Move($part,$target)
        }
        break
      }catch{
        if($try -eq 10){
          throw
        }
        [System.Threading.Thread]::Sleep(50)
      }
    }
    $digest.Replace('-','').ToLowerInvariant()+" $length"
  }finally{
    [System.IO.File]::Delete($part)
  }
}catch{
  # The reason alone, without our line numbers.
  [System.Console]::Error.WriteLine($_.Exception.GetBaseException().Message)
  exit 1
}
