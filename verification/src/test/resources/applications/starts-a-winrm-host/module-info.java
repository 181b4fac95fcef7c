/** Tests in a module of their own, by a WinRM host. */
@SuppressWarnings("requires-automatic")
module application {
  requires io.psconnect.testkit;
  requires org.apache.httpcomponents.core5.httpcore5;
}
