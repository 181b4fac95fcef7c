package com.example.overthere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.OutputListener;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.UnreachableException;
import io.psconnect.UnsupportedBackendException;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshHost;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Overthere's failures become. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverthereErrorsTest {
  private static final String PASSWORD = "correct horse";

  @TempDir Path folder;
  private SshHost host;

  @BeforeEach
  void startHost() {
    host = OverthereHost.start(PASSWORD, folder);
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  @Test
  void wrongPasswordIsSaidToBeThat() throws Exception {
    try (Connection connection = OverthereHost.connection(host, "battery staple")) {
      AuthenticationException refused =
          assertThrows(AuthenticationException.class, connection::open);
      assertEquals("overthere", refused.backend());
      assertFalse(refused.getMessage().contains("battery"), refused.getMessage());
    }
  }

  @Test
  void hostThatIsGoneIsUnreachable() throws Exception {
    host.close();
    try (Connection connection = OverthereHost.connection(host, PASSWORD)) {
      assertThrows(UnreachableException.class, connection::open);
    }
  }

  @Test
  @RequiresProgram("pwsh")
  void connectionThatIsCutIsADroppedSession() throws Exception {
    try (Connection connection = OverthereHost.connection(host, PASSWORD)) {
      connection.open();
      Script script = Script.of("'begun'; Start-Sleep 600").withListener(new CutAtOutput());
      SessionDroppedException dropped =
          assertThrows(SessionDroppedException.class, () -> connection.runScript(script));
      assertEquals(ScriptState.MAY_HAVE_RUN, dropped.scriptState());
    }
  }

  @Test
  void powerShellThatIsNotThereDidNotStart() throws Exception {
    try (Connection connection = Connections.open("overthere:?powershell=no-such-pwsh")) {
      UnsupportedBackendException failure =
          assertThrows(UnsupportedBackendException.class, () -> connection.runScript("1"));
      assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
      assertTrue(failure.getMessage().contains("no-such-pwsh"), failure.getMessage());
    }
  }

  private final class CutAtOutput implements OutputListener {
    @Override
    public void onStdout(ByteBuffer chunk) {
      host.cutConnections();
    }
  }
}
