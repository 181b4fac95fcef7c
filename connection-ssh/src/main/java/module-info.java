/**
 * The backend {@code ssh}: PowerShell on a host that is reached by SSH.
 *
 * @provides io.psconnect.ConnectionProvider for the scheme {@code ssh}
 */
module io.psconnect.ssh {
  requires transitive io.psconnect;
  requires org.apache.sshd.osgi;
  // For Apache MINA SSHD, which as an automatic module does not say so.
  requires org.slf4j;

  exports io.psconnect.ssh;

  provides io.psconnect.ConnectionProvider with
      io.psconnect.ssh.internal.SshProvider;
}
