package io.psconnect.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.Connection;
import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration file is read when a session is made; it may have changed since the last one. */
class UnusableConfigFileTest {
  @TempDir Path folder;

  @Test
  void missingFileLeavesTheHostUnreached() {
    Path file = folder.resolve("config");
    assertEquals(
        "ssh build01:2222, connecting: configuration file "
            + file
            + " does not exist; name one that does, or none",
        refusal(file));
  }

  @Test
  void brokenFileLeavesTheHostUnreached() throws Exception {
    Path file = Files.writeString(folder.resolve("config"), "Host *\nPort seven\n");
    SshOptions.Builder options = SshOptions.builder().host("build01").configFile(file);
    try (Connection connection = SshConnections.to(options)) {
      UnreachableException failure = assertThrows(UnreachableException.class, connection::open);
      assertEquals(Phase.CONNECT, failure.phase());
      assertEquals(
          "ssh build01, connecting: "
              + file
              + ", line 2: port is 'seven'; it must be a number"
              + " between 1 and 65535",
          failure.getMessage());
    }
  }

  private static String refusal(Path file) {
    SshOptions.Builder options = SshOptions.builder().host("build01").port(2222).configFile(file);
    try (Connection connection = SshConnections.to(options)) {
      return assertThrows(UnreachableException.class, connection::open).getMessage();
    }
  }
}
