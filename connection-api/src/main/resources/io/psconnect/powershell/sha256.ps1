# .NET Framework's own SHA-256 is slow, so there it is that of Windows.
if($PSVersionTable.PSVersion.Major -gt 5){
  $sha=[System.Security.Cryptography.SHA256]::Create()
}else{
  $sha=[System.Security.Cryptography.SHA256Cng]::new()
}
