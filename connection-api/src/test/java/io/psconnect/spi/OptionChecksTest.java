package io.psconnect.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.Phase;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionChecksTest {

  private static void refused(String message, Executable check) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, check).getMessage());
  }

  @Test
  void bracketsOfAnAddressAreTakenOff() {
    assertEquals("::1", OptionChecks.host("[::1]"));
    assertEquals("build01", OptionChecks.host("build01"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a/b", "user@a", "[a", "[a]b"})
  void hostThatIsNoneIsRefused(String host) {
    refused(
        "host is '%s'; it must be a name or an address, such as build01 or 10.0.0.7"
            .formatted(host),
        () -> OptionChecks.host(host));
  }

  @Test
  void numbersAreWithinTheirLimits() {
    assertEquals(65535, OptionChecks.port(65535));
    assertEquals(0, OptionChecks.between("standby", 0, 0, 10));
    refused("port is 0; it must be between 1 and 65535", () -> OptionChecks.port(0));
    refused(
        "standby is 11; it must be between 0 and 10",
        () -> OptionChecks.between("standby", 11, 0, 10));
  }

  @Test
  void timeoutIsNoneOrMore() {
    assertEquals(Duration.ZERO, OptionChecks.timeout("connectTimeout", Duration.ZERO));
    refused(
        "connectTimeout is PT-0.001S; it must be zero (none) or more",
        () -> OptionChecks.timeout("connectTimeout", Duration.ofMillis(-1)));
  }

  @Test
  void addressWithColonsGoesInBracketsBeforeItsPort() {
    assertEquals("build01:22", HostPort.text("build01", 22));
    assertEquals("[fe80::1]:5986", HostPort.text("fe80::1", 5986));
    assertEquals("[fe80::1]:22", HostPort.text("fe80::1", OptionalInt.of(22)));
    assertEquals("fe80::1", HostPort.text("fe80::1", OptionalInt.empty()));
  }

  @Test
  void textSaysSomething() {
    refused(
        "realm is blank; it must be something like EXAMPLE.COM",
        () -> OptionChecks.notBlank("realm", " ", "EXAMPLE.COM"));
    assertEquals(
        "realm",
        assertThrows(
                NullPointerException.class,
                () -> OptionChecks.notBlank("realm", null, "EXAMPLE.COM"))
            .getMessage());
  }

  @Test
  void wordIsOneOfThoseThatAreAllowed() {
    assertEquals("ssh", OptionChecks.oneOf("protocol", "ssh", List.of("local", "ssh")));
    assertEquals("START", OptionChecks.oneOf("phase", Phase.START, List.of(Phase.values())));
    assertEquals("START", OptionChecks.oneOf("phase", "START", List.of(Phase.values())));
    refused(
        "protocol is 'SSH'; it must be one of local, ssh",
        () -> OptionChecks.oneOf("protocol", "SSH", List.of("local", "ssh")));
  }

  @Test
  void powerShellHasNothingThatACommandInterpreterTakesForItsOwn() {
    String path = "C:\\PROGRA~1\\PowerShell (x86)\\7-pre\\pwsh.exe";
    assertEquals(path, OptionChecks.remotePowerShell(path, "pwsh"));
    for (String bad : new String[] {"pwsh; rm", "a&b", "%a%", "a\nb", "'a'", "$a"}) {
      refused(
          "powerShell is '%s'; it must have only letters, digits, blanks and .:\\/_-()~+ in it"
              .formatted(bad),
          () -> OptionChecks.remotePowerShell(bad, "pwsh"));
    }
  }
}
