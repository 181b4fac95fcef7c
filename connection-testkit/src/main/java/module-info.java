/**
 * Fakes for unit tests, an SSH host and a WinRM host, the contract suite for backends, and
 * arbitraries for property tests.
 *
 * <p>Each package brings what it needs: {@link io.psconnect.testkit} nothing but the API, {@link
 * io.psconnect.testkit.contract} JUnit (and one class of it jqwik), {@link
 * io.psconnect.testkit.arbitraries} jqwik, {@link io.psconnect.testkit.ssh} Apache MINA SSHD,
 * {@link io.psconnect.testkit.winrm} HttpCore 5. All are optional, so that who uses a fake alone
 * needs none of them.
 */
module io.psconnect.testkit {
  requires transitive io.psconnect;
  requires static org.junit.jupiter.api;
  requires static net.jqwik.api;
  requires static org.apache.sshd.osgi;
  requires static org.apache.sshd.sftp;
  requires static org.apache.httpcomponents.core5.httpcore5;
  requires java.security.jgss;
  requires java.xml;

  exports io.psconnect.testkit;
  exports io.psconnect.testkit.arbitraries;
  exports io.psconnect.testkit.contract;
  exports io.psconnect.testkit.ssh;
  exports io.psconnect.testkit.winrm;

  // JUnit makes the conditions and calls the rules.
  opens io.psconnect.testkit.contract;
}
