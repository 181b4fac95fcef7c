# Where the file goes, its folder made, and under what name it is beside that until it is whole.
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
