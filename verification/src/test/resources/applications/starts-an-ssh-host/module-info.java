/** Tests in a module of their own, by an SSH host. */
@SuppressWarnings("requires-automatic")
module application {
  requires io.psconnect.testkit;
  requires org.apache.sshd.osgi;
  requires org.apache.sshd.sftp;
  requires org.slf4j;
}
