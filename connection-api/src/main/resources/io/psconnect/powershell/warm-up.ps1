# A process that waits for its script has time: it goes the way of a call once, and through what most
# scripts do, so that .NET has compiled it and modules are loaded. It prints nothing and leaves nothing
# behind; where a part of it is refused, the script will find the same.
&{
  try{
    $null=[System.IO.BinaryReader]::new([System.IO.MemoryStream]::new([byte[]](1,49))).ReadString();
    $null=. (&<compile> '1;if(!$?){exit 1}');
    $null=[scriptblock]::Create('1').Ast.Find({$args[0].VariablePath.UserPath-eq'input'},$false);
    $null=[pscustomobject]@{a=1}|Select-Object a|ConvertTo-Json|ConvertFrom-Json|Out-String
  }catch{
    $Error.Clear()
  }
};
