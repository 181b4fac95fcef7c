# Makes a temporary file beside its target, or finds it made, and says which; while somebody else
# writes to it, reads it behind him. Standard input, line by line: how many bytes are there by now;
# last of all how many there are in all, a blank, and their SHA-256 in hexadecimal. Only if both are
# right does the file take its target's name. Whatever goes wrong, an end of the input anywhere
# included, leaves no temporary file and the target as it was. It calls .NET alone, as cmdlets would
# see wildcards in paths. <Words> stand for what ReceivingScript.java and Placement.java put in.
<again>
try{
  <find-target>
  <sha256>
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
    <take-name>
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
