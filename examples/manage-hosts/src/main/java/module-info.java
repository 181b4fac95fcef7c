/** Asks hosts for their PowerShell's version. Names no backend: which are there is the path's matter. */
module com.example.managehosts {
  requires io.psconnect;
}
