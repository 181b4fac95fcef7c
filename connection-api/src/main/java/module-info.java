/**
 * Runs PowerShell scripts on Windows hosts and copies files to them, whatever carries the bytes.
 *
 * <p>Applications use {@link io.psconnect}. Backends implement {@link io.psconnect.spi}; what is
 * particular to PowerShell is done once, in {@link io.psconnect.powershell}, above every backend.
 *
 * @uses io.psconnect.ConnectionProvider to find the backends that are on the path
 */
module io.psconnect {
  exports io.psconnect;
  exports io.psconnect.powershell;
  exports io.psconnect.spi;

  uses io.psconnect.ConnectionProvider;
}
