/**
 * The backend {@code local}: PowerShell as a process on this machine.
 *
 * @provides io.psconnect.ConnectionProvider for the scheme {@code local}
 */
module io.psconnect.local {
  requires transitive io.psconnect;

  exports io.psconnect.local;

  provides io.psconnect.ConnectionProvider with
      io.psconnect.local.internal.LocalProvider;
}
