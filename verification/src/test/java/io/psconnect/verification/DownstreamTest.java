package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.nop.NOPServiceProvider;

/** What a user of the published jars meets, in a JVM that has nothing else. */
class DownstreamTest {
  private static final String[] URIS = {"local:", "winrm://admin@build01", "telnet:"};
  private static final String OUTCOMES =
      """
      backends: [local]
      local: -> local
      winrm://admin@build01 -> winrm, looking up the backend: no backend 'winrm'. \
      Found: local. Add io.psconnect:connection-winrm to the path.
      telnet: -> telnet, looking up the backend: no backend 'telnet'. Found: local. \
      Check the spelling, or add the artifact that provides it to the path.
      """;

  @TempDir Path output;

  @Test
  void backendIsFoundOnTheModulePath() throws IOException, InterruptedException {
    Application application =
        Application.of("finds-backends", output, "connection-api", "connection-local");

    assertEquals("api is in module io.psconnect\n" + OUTCOMES, application.runOnModulePath(URIS));
  }

  @Test
  void backendIsFoundOnTheClassPath() throws IOException, InterruptedException {
    Application application =
        Application.of("finds-backends", output, "connection-api", "connection-local");

    assertEquals("api is in module null\n" + OUTCOMES, application.runOnClassPath(URIS));
  }

  @Test
  void withoutAnyBackendTheMessageNamesTheArtifactToAdd() throws IOException, InterruptedException {
    Application application = Application.of("finds-backends", output, "connection-api");

    assertEquals(
        """
        api is in module io.psconnect
        backends: []
        local: -> local, looking up the backend: no backend 'local'. Found: none. \
        Add io.psconnect:connection-local to the path.
        """,
        application.runOnModulePath("local:"));
  }

  @Test
  void fakeRunnerNeedsNeitherJUnitNorJqwikOnTheModulePath()
      throws IOException, InterruptedException {
    Application application =
        Application.of("fakes-a-runner", output, "connection-api", "connection-testkit");

    assertEquals("answer: build01\n", application.runOnModulePath());
  }

  @Test
  void fakeRunnerNeedsNeitherJUnitNorJqwikOnTheClassPath()
      throws IOException, InterruptedException {
    Application application =
        Application.of("fakes-a-runner", output, "connection-api", "connection-testkit");

    assertEquals("answer: build01\n", application.runOnClassPath());
  }

  /** What docs/testing-without-windows.md says that one has to bring; so below. */
  @Test
  void winRmHostNeedsHttpCoreAloneOnTheModulePath() throws IOException, InterruptedException {
    assertEquals("401 Negotiate\n", winRmHost().runOnModulePath());
  }

  @Test
  void winRmHostNeedsHttpCoreAloneOnTheClassPath() throws IOException, InterruptedException {
    assertEquals("401 Negotiate\n", winRmHost().runOnClassPath());
  }

  @Test
  void sshHostNeedsMinaAndSlf4jAloneOnTheModulePath() throws IOException, InterruptedException {
    assertEquals("SSH-2.0\n", sshHost().runOnModulePath());
  }

  @Test
  void sshHostNeedsMinaAndSlf4jAloneOnTheClassPath() throws IOException, InterruptedException {
    assertEquals("SSH-2.0\n", sshHost().runOnClassPath());
  }

  private Application winRmHost() {
    return Application.of("starts-a-winrm-host", output, "connection-api", "connection-testkit")
        .with(HttpConnection.class);
  }

  /** SLF4J's provider is there so that it says nothing. */
  private Application sshHost() {
    return Application.of("starts-an-ssh-host", output, "connection-api", "connection-testkit")
        .with(SshServer.class, SftpSubsystemFactory.class, Logger.class)
        .with(NOPServiceProvider.class);
  }
}
