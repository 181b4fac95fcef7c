package io.psconnect.testkit.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Result;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.Waiting;
import io.psconnect.testkit.contract.RequiresProgram;
import io.psconnect.testkit.ssh.OpenSsh.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With OpenSSH's own client, which nobody here wrote. */
@RequiresProgram({"ssh", "ssh-keygen"})
@Timeout(120)
class SshHostTest {
  private static final SshUser ADMIN = SshUser.named("admin");

  @TempDir Path folder;

  private SshHost host;

  @AfterEach
  @Timeout(30)
  void leavesNothingBehind() throws Exception {
    try {
      Leftovers.awaitNone(host);
    } finally {
      host.close();
    }
    Leftovers.assertNoThreads();
  }

  private OpenSsh start(SshHost.Builder builder) throws Exception {
    Path key = OpenSsh.generateKey(folder, "id", "ed25519");
    host = builder.user(ADMIN.withKey(Files.readString(Path.of(key + ".pub")))).start();
    return new OpenSsh(folder, host).key(key);
  }

  private static String launch(String script) {
    PowerShellLaunch launch = PowerShellLaunch.of(script, Carrier.INLINE, 30_000);
    return "powershell.exe " + String.join(" ", launch.arguments()) + "\nexit $LASTEXITCODE";
  }

  @Test
  void aScriptedPowerShellAnswers() throws Exception {
    ScriptedPowerShell powerShell = new ScriptedPowerShell();
    powerShell.whenScriptContains("Get-VM").thenReturn(Result.of(7, "build01\n", "oops\n"));

    Outcome outcome = start(SshHost.builder().powerShell(powerShell)).run(launch("Get-VM"));

    assertEquals(7, outcome.exitCode(), outcome.toString());
    assertEquals("build01\n", outcome.stdout());
    assertTrue(outcome.stderr().contains("oops"), outcome.stderr());
    assertEquals(List.of(launch("Get-VM")), host.commands());
    assertEquals(
        List.of(new SshAuthentication("admin", "publickey", true)), host.authentications());
  }

  @Test
  void anotherProgramThanPowerShellIsNotFound() throws Exception {
    Outcome outcome = start(SshHost.builder().powerShell(new ScriptedPowerShell())).run("whoami");

    assertEquals(127, outcome.exitCode());
    assertTrue(outcome.stderr().contains("whoami: not found"), outcome.stderr());
  }

  @Test
  void aScriptThatNoRuleFitsSaysSo() throws Exception {
    Outcome outcome =
        start(SshHost.builder().powerShell(new ScriptedPowerShell())).run(launch("Get-VM"));

    assertEquals(70, outcome.exitCode());
    assertTrue(outcome.stderr().contains("Get-VM"), outcome.stderr());
  }

  @Test
  void aRealShellRunsTheCommandLine() throws Exception {
    Outcome outcome = start(SshHost.builder()).run("cat; echo err >&2; exit 3", "in");

    assertEquals(new Outcome(3, "in", "err\n"), outcome);
  }

  @Test
  void commandsStartAtHome() throws Exception {
    Outcome outcome = start(SshHost.builder().home(folder)).run("pwd");

    assertEquals(folder.toRealPath() + "\n", outcome.stdout());
  }

  @Test
  void muchOutputArrivesWhole() throws Exception {
    Outcome outcome = start(SshHost.builder()).run("head -c 30000000 /dev/zero | tr '\\0' x");

    assertEquals(30_000_000, outcome.stdout().length());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void inputThatIsNotReadHoldsNothingUp() throws Exception {
    Outcome outcome = start(SshHost.builder()).run("exit 4", "x".repeat(10_000_000));

    assertEquals(4, outcome.exitCode());
  }

  @ParameterizedTest
  @EnumSource(SshHostKey.class)
  void theHostIsKnownByKeysOfEveryKind(SshHostKey kind) throws Exception {
    Outcome outcome = start(SshHost.builder().hostKey(kind)).run("exit 3");

    assertEquals(3, outcome.exitCode(), outcome.toString());
    assertTrue(host.fingerprint().matches("SHA256:[A-Za-z0-9+/]{43}"), host.fingerprint());
  }

  @Test
  void aWrongHostKeyIsNotAccepted() throws Exception {
    OpenSsh ssh = start(SshHost.builder());
    host.inject(SshFault.otherHostKey());

    Outcome outcome = ssh.run("exit 3");

    assertEquals(255, outcome.exitCode());
    assertTrue(
        outcome.stderr().contains("REMOTE HOST IDENTIFICATION HAS CHANGED"), outcome.stderr());
    assertEquals(List.of(), host.authentications());
  }

  @Test
  void theFingerprintIsThatOfSshKeygen() throws Exception {
    start(SshHost.builder());
    Path knownHosts = host.writeKnownHosts(folder.resolve("known"));

    Process keygen = new ProcessBuilder("ssh-keygen", "-l", "-f", knownHosts.toString()).start();

    String printed = new String(keygen.getInputStream().readAllBytes());
    assertTrue(printed.contains(host.fingerprint()), printed);
  }

  @Test
  void theHostListensOnIpv6() throws Exception {
    Outcome outcome = start(SshHost.builder().ipv6()).run("exit 3");

    assertEquals(3, outcome.exitCode(), outcome.toString());
    assertTrue(host.knownHostsLine().startsWith("[::1]:"), host.knownHostsLine());
  }

  @Test
  void aPasswordLetsIn() throws Exception {
    host = SshHost.builder().user(ADMIN.withPassword("secret")).start();
    OpenSsh ssh = new OpenSsh(folder, host);

    assertEquals(3, ssh.runWithAnswers("exit 3", "secret").exitCode());
    assertEquals(255, ssh.runWithAnswers("exit 3", "wrong").exitCode());

    assertEquals(
        List.of(
            new SshAuthentication("admin", "password", true),
            new SshAuthentication("admin", "password", false)),
        host.authentications());
    assertFalse(ADMIN.withPassword("secret").toString().contains("secret"));
  }

  @Test
  void promptsAreAskedAllAtOnce() throws Exception {
    host =
        SshHost.builder()
            .user(ADMIN.withPrompt("Password: ", "secret").withPrompt("Code: ", "secret"))
            .start();

    assertEquals(3, new OpenSsh(folder, host).runWithAnswers("exit 3", "secret").exitCode());

    assertEquals(
        List.of(new SshAuthentication("admin", "keyboard-interactive", true)),
        host.authentications());
  }

  @Test
  void aKeyThatIsNotTheUsersIsRefused() throws Exception {
    start(SshHost.builder());
    Path other = OpenSsh.generateKey(folder, "other", "ecdsa");

    assertEquals(255, new OpenSsh(folder, host).key(other).run("exit 3").exitCode());

    assertEquals(
        List.of(new SshAuthentication("admin", "publickey", false)), host.authentications());
  }

  @Test
  void aUserCertificateLetsInWhomItNames() throws Exception {
    Path ca = OpenSsh.generateKey(folder, "ca", "ed25519");
    Path key = OpenSsh.generateKey(folder, "certified", "ed25519");
    host = SshHost.builder().user(ADMIN).userCa(Files.readString(Path.of(ca + ".pub"))).start();
    OpenSsh ssh = new OpenSsh(folder, host).key(key);

    assertEquals(255, ssh.run("exit 3").exitCode());
    OpenSsh.certify(ca, key, "somebody");
    assertEquals(255, ssh.run("exit 3").exitCode());
    OpenSsh.certify(ca, key, "admin", "-V", "20200101:20210101");
    assertEquals(255, ssh.run("exit 3").exitCode());
    OpenSsh.certify(ca, key, "admin");
    assertEquals(3, ssh.run("exit 3").exitCode());
  }

  @Test
  @RequiresProgram("sftp")
  void sftpShowsTheFilesOfThisMachine() throws Exception {
    Path source = Files.write(folder.resolve("source"), new byte[300_000]);
    Path target = folder.resolve("t\u00e4rget");

    Outcome outcome = start(SshHost.builder()).sftp("put %s \"%s\"\n".formatted(source, target));

    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertArrayEquals(Files.readAllBytes(source), Files.readAllBytes(target));
  }

  @Test
  @RequiresProgram("sftp")
  void sftpLooksLikeThatOfWindows() throws Exception {
    Path source = Files.writeString(folder.resolve("source"), "text");
    Path users = Files.createDirectories(folder.resolve("root/C:/Users"));
    OpenSsh ssh = start(SshHost.builder().windowsSftpRoot(folder.resolve("root")));

    Outcome outcome =
        ssh.sftp(
            """
            put %1$s C:/Users/a
            put %1$s /C:/Users/b
            put %1$s /c:/../../../Users/c
            put %1$s "C:\\\\Users\\\\d"
            cd C:/Users
            pwd
            ls -1
            """
                .formatted(source));

    for (String name : List.of("a", "b", "c", "d")) {
      assertEquals("text", Files.readString(users.resolve(name)), outcome.toString());
    }
    assertTrue(outcome.stdout().contains("/C:/Users\n"), outcome.toString());
  }

  @Test
  @RequiresProgram("sftp")
  void withoutSftpItIsNotThere() throws Exception {
    Outcome outcome = start(SshHost.builder().withoutSftp()).sftp("pwd\n");

    assertEquals(255, outcome.exitCode(), outcome.toString());
  }

  @Test
  void closingEndsProcessesWhoseParentsHaveEnded() throws Exception {
    OpenSsh ssh = start(SshHost.builder());

    assertEquals(0, ssh.run("sleep 1000 >/dev/null 2>&1 & exit 0").exitCode());

    assertEquals(1, host.openProcesses());
    host.close();
    Waiting.until(() -> host.openProcesses() == 0);
  }

  @Test
  @RequiresProgram("pwsh")
  void aRealPowerShellTakesThePlaceOfPowershellExe() throws Exception {
    OpenSsh ssh = start(SshHost.builder().powerShell(program("pwsh")));

    Outcome outcome = ssh.run(launch("'[' + [Console]::In.ReadToEnd() + ']'; exit 7"), "in");

    assertEquals(7, outcome.exitCode(), outcome.toString());
    assertEquals("[in]\n", outcome.stdout());
  }

  @Test
  @RequiresProgram("pwsh")
  void powerShellAsTheLoginShellKeepsTheExitCode() throws Exception {
    String pwsh = program("pwsh").toString();
    OpenSsh ssh = start(SshHost.builder().powerShell(program("pwsh")).loginShell(pwsh, "-c"));

    assertEquals(7, ssh.run(launch("exit 7")).exitCode());
  }

  private static Path program(String name) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .map(entry -> Path.of(entry, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTerminalIsRefused() throws Exception {
    Outcome outcome = start(SshHost.builder()).option("RequestTTY=force").run("exit 3");

    assertTrue(outcome.stderr().contains("PTY allocation request failed"), outcome.stderr());
  }

  @Test
  void aHostCertificateIsShownBesideTheKey() throws Exception {
    KeyPair ca = SshHostKey.ED25519.generate();
    OpenSsh ssh = start(SshHost.builder().hostCa(ca));
    Files.writeString(
        folder.resolve("known_hosts"),
        "@cert-authority [%s]:%d %s\n"
            .formatted(host.hostName(), host.port(), PublicKeyEntry.toString(ca.getPublic())));

    assertEquals(3, ssh.run("exit 3").exitCode());
  }

  @Test
  void aBastionLeadsToAnotherHost() throws Exception {
    OpenSsh ssh = start(SshHost.builder());
    Path key = folder.resolve("id");
    try (SshHost bastion =
        SshHost.builder()
            .user(ADMIN.withKey(Files.readString(Path.of(key + ".pub"))))
            .allowForwarding()
            .start()) {
      String proxy =
          "ssh -F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=%s -o IdentityFile=%s"
              + " -p %d -W %%h:%%p admin@%s";
      ssh.option(
          "ProxyCommand="
              + proxy.formatted(folder.resolve("any"), key, bastion.port(), bastion.hostName()));

      Outcome outcome = ssh.run("exit 3");

      assertEquals(3, outcome.exitCode(), outcome.toString());
      assertEquals(1, bastion.authentications().size());
      Leftovers.awaitNone(bastion);
    }
  }
}
