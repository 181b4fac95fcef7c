package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Result;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.SshFault;
import io.psconnect.testkit.ssh.SshHost;
import io.psconnect.testkit.ssh.SshUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command against an SSH host that asks for a password. */
@Timeout(120)
class SshTest {
  private static final String SECRET = "hunter2-sentinel";
  private static final Map<String, String> KNOWS_IT = Map.of("PSCONNECT_PASSWORD", SECRET);

  @TempDir Path folder;

  private final ScriptedPowerShell powerShell = new ScriptedPowerShell();
  private SshHost host;

  @BeforeEach
  void start() {
    host = start(SshHost.builder().powerShell(powerShell));
    powerShell
        .whenScriptContains("PSVersionTable")
        .thenReturn(Result.of(0, "7.6.0\nCore\nScripted 1.0\n", ""));
  }

  private SshHost start(SshHost.Builder builder) {
    SshHost started = builder.user(SshUser.named("me").withPassword(SECRET)).start();
    started.writeKnownHosts(folder.resolve("known_hosts"));
    return started;
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private String url() {
    return "ssh://me@127.0.0.1:%d?%s".formatted(host.port(), options());
  }

  private String options() {
    return "agent=none&known-hosts=" + folder.resolve("known_hosts");
  }

  private Outcome call(Map<String, String> environment, String... arguments) {
    Outcome outcome = Outcome.of(Tty.NONE, environment, arguments);
    assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome::toString);
    return outcome;
  }

  /** The host sees the end of a connection a little later than who ends it. */
  private boolean isLeftAlone() {
    while (host.openSessions() > 0) {
      Thread.onSpinWait();
    }
    return true;
  }

  /** The stages that a check tells of, and its exit code. */
  private List<String> check(int exitCode, Map<String, String> environment) {
    Outcome outcome = call(environment, "check", "--url", url());
    assertEquals(exitCode, outcome.exitCode(), outcome::toString);
    assertEquals(exitCode == 0 ? 0 : 1, outcome.err().lines().count(), outcome.err());
    return outcome.out().lines().map(line -> line.replaceAll(" {2,}", ": ")).toList();
  }

  @Test
  void aHostThatLetsUsInPassesEveryStage() {
    assertEquals(
        List.of(
            "backend: ssh",
            "reach: ok",
            "host key: accepted",
            "authentication: ok",
            "PowerShell: 7.6.0 (Core)",
            "system: Scripted 1.0"),
        check(0, KNOWS_IT).subList(0, 6));
    assertTrue(isLeftAlone());
  }

  @Test
  void aWrongPasswordFailsAtAuthentication() {
    List<String> rows = check(77, Map.of("PSCONNECT_PASSWORD", "wrong"));
    assertEquals("authentication: failed", rows.get(rows.size() - 1));
  }

  @Test
  void noPasswordFailsAtAuthentication() {
    Outcome outcome = call(Map.of(), "check", "--url", url());
    assertEquals(77, outcome.exitCode());
    assertTrue(outcome.out().endsWith("authentication  failed\n"), outcome.out());
    assertTrue(outcome.err().contains("--password, --passphrase"), outcome.err());
  }

  @Test
  void anotherHostKeyFailsAtTheHostKey() throws IOException {
    try (SshHost other = SshHost.builder().powerShell(powerShell).start()) {
      Files.writeString(
          folder.resolve("known_hosts"),
          other.knownHostsLine().replace(":" + other.port(), ":" + host.port()));
    }
    assertEquals(List.of("backend: ssh", "reach: ok", "host key: failed"), check(69, KNOWS_IT));
  }

  @Test
  void aHostThatIsGoneFailsAtReach() {
    host.close();
    assertEquals(List.of("backend: ssh", "reach: failed"), check(69, KNOWS_IT));
  }

  @Test
  void aHostThatSpeaksHttpFailsAtReach() {
    host.inject(SshFault.answerHttp());
    assertEquals(List.of("backend: ssh", "reach: failed"), check(69, KNOWS_IT));
  }

  @Test
  void aKnownHostsFileThatIsMissingFailsBeforeTheHostIsTried() throws IOException {
    Files.delete(folder.resolve("known_hosts"));
    Outcome outcome = call(KNOWS_IT, "check", "--url", url());
    assertTrue(outcome.err().contains("known_hosts"), outcome::toString);
    assertEquals("backend         ssh\nknown hosts     failed\n", outcome.out());
  }

  @Test
  void aScriptsExitCodeComesFromTheHost() throws IOException {
    powerShell.whenScriptContains("exit 7").thenReturn(Result.of(7, "said there\n", ""));
    String script = Files.writeString(folder.resolve("script.ps1"), "exit 7").toString();
    Outcome outcome = call(KNOWS_IT, "run", script, "--url", url());
    assertEquals(7, outcome.exitCode(), outcome.err());
    assertEquals("said there\n", outcome.out());
  }

  @Test
  @RequiresProgram("pwsh")
  void aFileArrivesAsItIs() throws IOException {
    host.close();
    host = start(SshHost.builder().powerShell(pwsh()));
    byte[] content = new byte[300_000];
    content[1] = 7;
    Path file = Files.write(folder.resolve("file"), content);
    Path target = folder.resolve("a folder/100%?");
    String path = target.toString().replace("%", "%25").replace("?", "%3F");
    Outcome outcome =
        call(
            KNOWS_IT,
            "copy",
            file.toString(),
            "ssh://me@127.0.0.1:%d%s?%s".formatted(host.port(), path, options()));
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("", outcome.out() + outcome.err());
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  private static Path pwsh() {
    return PowerShellOnPath.find(System.getenv("PATH")).orElseThrow();
  }
}
