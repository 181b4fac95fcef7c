package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.Backends;
import io.psconnect.ConnectionOptions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalOptionsTest {

  @Test
  void defaultsArePowerShellFromPathAndFiveMinutes() {
    assertEquals(Optional.empty(), LocalOptions.defaults().powerShell());
    assertEquals(Duration.ofMinutes(5), LocalOptions.defaults().commandTimeout());
  }

  @Test
  void builderStartsFromGivenOptions() {
    LocalOptions options = LocalOptions.builder().powerShell("/opt/pwsh").build();
    LocalOptions changed = options.toBuilder().commandTimeout(Duration.ZERO).build();
    assertEquals(Optional.of("/opt/pwsh"), changed.powerShell());
    assertEquals(Duration.ZERO, changed.commandTimeout());
  }

  @Test
  void negativeTimeoutIsRefused() {
    assertRefused(
        "commandTimeout is PT-1S; it must be zero (none) or more",
        () -> LocalOptions.builder().commandTimeout(Duration.ofSeconds(-1)));
  }

  @Test
  void blankPowerShellIsRefused() {
    assertRefused(
        "powerShell is blank; it must be a path or a name on PATH, such as pwsh",
        () -> LocalOptions.builder().powerShell(" "));
  }

  @Test
  void uriGivesPowerShellAndTimeout() throws Exception {
    LocalOptions options = parse("local:?powershell=/opt/my%20pwsh&timeout=30s");
    assertEquals(Optional.of("/opt/my pwsh"), options.powerShell());
    assertEquals(Duration.ofSeconds(30), options.commandTimeout());
  }

  @Test
  void numberOfWaitingProcessesIsBetweenZeroAndAHundred() throws Exception {
    assertEquals(0, LocalOptions.defaults().standby());
    assertEquals(3, parse("local:?standby=3").toBuilder().build().standby());
    assertRefused(
        "standby is 101; it must be between 0 and 100", () -> parse("local:?standby=101"));
    assertRefused(
        "standby is -1; it must be between 0 and 100", () -> LocalOptions.builder().standby(-1));
    assertRefused(
        "option 'standby' is 'two'; it must be a whole number", () -> parse("local:?standby=two"));
  }

  @Test
  void bareWordIsAUri() throws Exception {
    assertEquals(Duration.ofMinutes(5), parse("local").commandTimeout());
  }

  @Test
  void unknownOptionIsRefusedByNameWithTheKnownOnes() {
    assertRefused(
        "backend 'local' has no option 'tiemout'; it has: powershell, standby, timeout",
        () -> parse("local:?tiemout=30s"));
  }

  @Test
  void hostInAUriIsRefused() {
    assertRefused(
        "'local://build01' names a host; the backend 'local' is this machine: write local:",
        () -> parse("local://build01"));
  }

  @Test
  void timeoutWithoutAUnitIsRefused() {
    assertRefused(
        "option 'timeout' is '30'; it must be a number and a unit (ms, s, m or h), such as 30s",
        () -> parse("local:?timeout=30"));
  }

  private static LocalOptions parse(String uri) throws Exception {
    ConnectionOptions options = Backends.installed().options(uri);
    return assertInstanceOf(LocalOptions.class, options);
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
