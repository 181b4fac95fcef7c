/**
 * The backend {@code ssh}: PowerShell on a host that is reached by SSH.
 *
 * @provides io.psconnect.ConnectionProvider for the scheme {@code ssh}
 */
module io.psconnect.ssh {
  requires transitive io.psconnect;
  requires org.apache.sshd.osgi;
  requires org.apache.sshd.sftp;

  exports io.psconnect.ssh;

  provides io.psconnect.ConnectionProvider with
      io.psconnect.ssh.internal.SshProvider;
}
