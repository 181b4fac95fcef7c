package io.psconnect.winrm.faults;

import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.winrm.WinRmHost;
import io.psconnect.winrm.WinRmAuth;
import io.psconnect.winrm.WinRmOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A host with a scripted PowerShell, and what is left behind there. */
final class FaultyHost implements AutoCloseable {
  static final String USER = "admin";
  static final String PASSWORD = "correct horse";
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** More than one answer holds. */
  private static final int FLOOD = 1_000_000;

  private final CountDownLatch held = new CountDownLatch(1);
  private final WinRmAuth auth;
  final ScriptedPowerShell powerShell = new ScriptedPowerShell();
  final WinRmHost host;

  /** What the host offers, besides NTLM. */
  interface Offer {
    WinRmHost.Builder to(WinRmHost.Builder host);
  }

  private FaultyHost(WinRmAuth auth, Offer offer) {
    this.auth = auth;
    powerShell
        .whenScriptContains("answer")
        .thenAnswer(script -> Result.of(3, "said\r\n", "warned\r\n"));
    powerShell
        .whenScriptContains("read")
        .thenAnswer(script -> Result.of(3, lengthOfInput(script), ""));
    powerShell
        .whenScriptContains("flood")
        .thenAnswer(script -> Result.of(3, "x".repeat(FLOOD), ""));
    powerShell
        .whenScriptContains("hold")
        .thenAnswer(
            script -> {
              held.await();
              return Result.of(0, "", "");
            });
    host = offer.to(WinRmHost.builder().user(USER, PASSWORD).powerShell(powerShell)).start();
  }

  /** Its input breaks off where the process is killed. */
  private static String lengthOfInput(Script script) throws InterruptedException {
    try (InputStream input = script.input().open()) {
      return "" + input.readAllBytes().length;
    } catch (IOException e) {
      throw new InterruptedException(e.getMessage());
    }
  }

  /** Over plain HTTP, each message sealed by NTLM. */
  static FaultyHost sealed() {
    return sealed(host -> host);
  }

  static FaultyHost sealed(Offer offer) {
    return new FaultyHost(WinRmAuth.NTLM, host -> offer.to(host.ntlm()));
  }

  /** Over plain HTTP, in the clear. */
  static FaultyHost plain() {
    return plain(host -> host);
  }

  static FaultyHost plain(Offer offer) {
    return new FaultyHost(WinRmAuth.BASIC, host -> offer.to(host.basic().allowUnencrypted()));
  }

  /** Over HTTPS, by NTLM. */
  static FaultyHost secured(Offer offer) {
    return new FaultyHost(WinRmAuth.NTLM, host -> offer.to(host.ntlm()));
  }

  /** By Kerberos; over plain HTTP each message is sealed. */
  static FaultyHost kerberos(Offer offer) {
    return new FaultyHost(WinRmAuth.KERBEROS, offer);
  }

  /** Over plain HTTP. */
  WinRmOptions.Builder options() {
    WinRmOptions.Builder options = securedOptions().useHttp();
    return auth == WinRmAuth.BASIC ? options.allowUnencrypted() : options;
  }

  /** Over HTTPS. */
  WinRmOptions.Builder securedOptions() {
    return WinRmOptions.builder()
        .host(host.hostName())
        .port(host.port())
        .username(USER)
        .password(PASSWORD.toCharArray())
        .auth(auth)
        .connectTimeout(CONNECT_TIMEOUT);
  }

  /** Lets the scripts that hold go. */
  void release() {
    held.countDown();
  }

  /** How often a script was started. */
  long startsOf(String script) {
    return powerShell.scripts().stream().filter(started -> started.text().equals(script)).count();
  }

  void requireNoCommands() {
    Waiting.until(host::toString, () -> host.openCommands() == 0);
    Waiting.until(host::toString, () -> host.openProcesses() == 0);
  }

  /** After every connection has been closed: nothing is left. */
  void requireNothingLeft() {
    Waiting.until(host::toString, () -> host.openConnections() == 0);
    Waiting.until(host::toString, () -> host.openShells() == 0);
    requireNoCommands();
  }

  @Override
  public void close() {
    release();
    host.close();
  }
}
