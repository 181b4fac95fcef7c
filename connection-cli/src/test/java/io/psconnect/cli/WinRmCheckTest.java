package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Result;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.winrm.WinRmFault;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.testkit.winrm.WinRmOperation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code check} says of hosts that are wrong in truth, by what the backend itself says. */
@Timeout(60)
class WinRmCheckTest {
  private static final String SECRET = "hunter2-sentinel";

  private static WinRmHost host(UnaryOperator<WinRmHost.Builder> offer) {
    ScriptedPowerShell powerShell = new ScriptedPowerShell();
    powerShell
        .whenScriptContains("PSVersionTable")
        .thenReturn(Result.of(0, "7.6.0\nCore\nScripted 1.0\n", ""));
    return offer.apply(WinRmHost.builder().user("me", SECRET).powerShell(powerShell)).start();
  }

  private static String url(int port) {
    return "winrm://me@127.0.0.1:" + port;
  }

  private static void assertRows(
      List<String> rows, String words, String url, String password, String... more) {
    Outcome outcome =
        Outcome.of(Tty.NONE, Map.of("PSCONNECT_PASSWORD", password), arguments(url, more));
    assertEquals(
        rows,
        outcome.out().lines().skip(1).limit(rows.size()).map(WinRmCheckTest::row).toList(),
        outcome::toString);
    assertTrue(outcome.err().contains(words), outcome::toString);
    assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome::toString);
  }

  private static String[] arguments(String url, String... more) {
    return Stream.concat(Stream.of("check", "--url", url), Stream.of(more)).toArray(String[]::new);
  }

  private static String row(String line) {
    return line.replaceAll(" {2,}", ": ");
  }

  @Test
  void aHostThatLetsUsInPassesEveryStage() {
    try (WinRmHost host = host(WinRmHost.Builder::ntlm)) {
      List<String> rows =
          List.of("listener: ok", "credentials: ok", "shell: ok", "PowerShell: 7.6.0 (Core)");
      assertRows(rows, "", url(host.port()), SECRET, "--http");
    }
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertRows(List.of("listener: failed"), "does not take connections", url(port), SECRET);
  }

  @Test
  void aCertificateThatIsNotTrustedFailsAtTls() {
    try (WinRmHost host = host(builder -> builder.https().ntlm())) {
      List<String> rows = List.of("listener: ok", "TLS: failed");
      assertRows(rows, "certificate is not trusted", url(host.port()), SECRET);
      assertRows(
          rows, "pin the new one", url(host.port()) + "?fingerprint=" + "0".repeat(64), SECRET);
    }
  }

  @Test
  void aFileThatIsMissingFailsBeforeTheHostIsTried() {
    try (WinRmHost host = host(WinRmHost.Builder::ntlm)) {
      List<String> rows = List.of("configuration: failed");
      assertRows(rows, "missing.pem does not exist", url(host.port()), SECRET, "--ca=missing.pem");
      String files = url(host.port()).replace("me@", "") + "?certificate=c.pem&key=k.pem";
      assertRows(rows, "c.pem does not exist", files, "", "--auth=certificate");
      assertEquals(0, host.connections());
    }
  }

  @Test
  void aPageThatTellsOfTlsIsNotTaken() {
    try (WinRmHost host = host(builder -> builder.https().basic())) {
      host.inject(
          WinRmFault.answer(404, "text/html", "<p>this page is about a TLS certificate</p>"));
      assertRows(
          List.of("listener: failed"),
          "about a TLS certificate",
          url(host.port()),
          SECRET,
          "--insecure",
          "--auth=basic");
    }
  }

  @Test
  void rightsThatAreMissingFailAtTheCredentials() {
    try (WinRmHost host = host(builder -> builder.basic().allowUnencrypted())) {
      host.inject(WinRmFault.answer(403, "text/html", ""));
      assertRows(
          List.of("listener: ok", "credentials: failed"),
          "check the rights of the user",
          url(host.port()) + "?allow-unencrypted=true",
          SECRET,
          "--http",
          "--auth=basic");
    }
  }

  @Test
  void httpIsToldFromHttps() {
    try (WinRmHost http = host(WinRmHost.Builder::ntlm);
        WinRmHost https = host(builder -> builder.https().ntlm())) {
      assertRows(List.of("listener: ok", "TLS: failed"), "TLS", url(http.port()), SECRET);
      assertRows(List.of("listener: failed"), "speaks TLS", url(https.port()), SECRET, "--http");
    }
  }

  @Test
  void aWrongPasswordFailsAtTheCredentials() {
    List<String> rows = List.of("listener: ok", "credentials: failed");
    try (WinRmHost host = host(builder -> builder.ntlm().basic().allowUnencrypted())) {
      assertRows(rows, "Check the user", url(host.port()), "guessed", "--http");
      String basic = url(host.port()) + "?allow-unencrypted=true";
      assertRows(rows, "Check the user", basic, "guessed", "--http", "--auth", "basic");
    }
  }

  @Test
  void aWayToLogInThatIsNotOfferedFailsAtTheCredentials() {
    try (WinRmHost host = host(builder -> builder.https().ntlm())) {
      assertRows(
          List.of("listener: ok", "TLS: ok", "credentials: failed"),
          "Basic is not among them, so allow it on the host",
          url(host.port()),
          SECRET,
          "--insecure",
          "--auth",
          "basic");
    }
  }

  @Test
  void aHostThatWantsEncryptionFailsAtIt() {
    try (WinRmHost host = host(builder -> builder.ntlm().basic())) {
      assertRows(
          List.of("listener: ok", "unencrypted: failed"),
          "AllowUnencrypted",
          url(host.port()) + "?allow-unencrypted=true",
          SECRET,
          "--http",
          "--auth",
          "basic");
    }
  }

  @Test
  void aShellThatIsRefusedHasLetUsIn() {
    try (WinRmHost host = host(WinRmHost.Builder::ntlm)) {
      host.inject(WinRmFault.fault(WinRmOperation.CREATE, 0x803381A6L));
      List<String> rows = List.of("listener: ok", "credentials: ok", "shell: failed");
      assertRows(rows, "" + 0x803381A6L, url(host.port()), SECRET, "--http");
    }
  }
}
