# Reads the length and the script, and not one byte more: the rest is the caller's data. Input that
# ends too early throws; nothing of the script runs.
$(
  try{
    [System.IO.BinaryReader]::new([System.Console]::OpenStandardInput()).ReadString()
  }catch{
    throw '<cut>'
  }
)
