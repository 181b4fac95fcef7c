package io.psconnect.winrm.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.winrm.internal.peers.ChildJvm;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No copy of a secret is left in memory, garbage included, but in the caller's own builder. */
@Timeout(60)
final class SecretsLeftTest {
  @TempDir Path folder;

  @Test
  void aClosedConnectionLeavesNoCopyOfASecret() throws Exception {
    List<String> ways = List.of("BASIC", "NTLM", "KERBEROS", "CERTIFICATE");
    String said =
        new ChildJvm(
                Redirect.DISCARD,
                "-Xmx512m",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC")
            .output(SecretsLeft.class, Stream.concat(Stream.of(folder), ways.stream()).toArray());
    assertEquals(Integer.toString(ways.size()), said.lines().reduce((a, b) -> b).orElse(said));
  }
}
