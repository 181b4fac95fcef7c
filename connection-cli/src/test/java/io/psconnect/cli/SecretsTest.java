package io.psconnect.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Origin;
import io.psconnect.Phase;
import io.psconnect.testkit.FakeConnection;
import io.psconnect.testkit.FakeRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String SECRET = "hunter2-sentinel";

  @TempDir Path folder;

  private final Typist typist = new Typist();

  /** Types the same secret whenever asked. */
  private static final class Typist implements Tty {
    private final List<String> questions = new ArrayList<>();
    private final List<char[]> typed = new ArrayList<>();
    private String answer = SECRET;

    @Override
    public OptionalInt errorColumns() {
      return OptionalInt.empty();
    }

    @Override
    public Optional<char[]> readSecret(String question) {
      questions.add(question);
      typed.add(answer.toCharArray());
      return Optional.of(typed.get(typed.size() - 1));
    }
  }

  private Outcome check(Tty tty, Map<String, String> environment, String... arguments)
      throws IOException {
    return check(new FakeConnection("pretend", new FakeRunner()), tty, environment, arguments);
  }

  private Outcome check(
      FakeConnection connection, Tty tty, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("check", "--url", "pretend://me@build01"));
    all.addAll(List.of(arguments));
    Outcome outcome =
        PretendBackend.with(
            connection, folder, () -> Outcome.of(tty, environment, all.toArray(String[]::new)));
    assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome::toString);
    return outcome;
  }

  private static Optional<String> given(String name) {
    return PretendBackend.uri().secret(name).map(String::new);
  }

  @Test
  void thePasswordIsAskedForAtTheTerminalAndTheBackendGetsIt() throws IOException {
    assertEquals(0, check(typist, Map.of(), "--password").exitCode());
    assertEquals(List.of("Password for pretend://me@build01: "), typist.questions);
    assertEquals(Optional.of(SECRET), given("password"));
    assertEquals(Optional.empty(), given("passphrase"));
  }

  @Test
  void thePassphraseIsAnother() throws IOException {
    assertEquals(0, check(typist, Map.of(), "--passphrase").exitCode());
    assertEquals(List.of("Passphrase for pretend://me@build01: "), typist.questions);
    assertEquals(Optional.of(SECRET), given("passphrase"));
  }

  @Test
  void theEnvironmentHoldsBoth() throws IOException {
    Map<String, String> environment =
        Map.of("PSCONNECT_PASSWORD", SECRET, "PSCONNECT_PASSPHRASE", "other");
    assertEquals(0, check(Tty.NONE, environment).exitCode());
    assertEquals(Optional.of(SECRET), given("password"));
    assertEquals(Optional.of("other"), given("passphrase"));
  }

  @Test
  void whoAsksToBeAskedIsNotAnsweredFromTheEnvironment() throws IOException {
    check(typist, Map.of("PSCONNECT_PASSWORD", "from the environment"), "--password");
    assertEquals(Optional.of(SECRET), given("password"));
  }

  @Test
  void anEmptyVariableIsNone() throws IOException {
    assertEquals(0, check(Tty.NONE, Map.of("PSCONNECT_PASSWORD", "")).exitCode());
    assertEquals(Optional.empty(), given("password"));
  }

  /** Nobody listens there: 69 says that the options were taken, and the host was tried. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "winrm://127.0.0.1:1?auth=kerberos&ccache=/nowhere",
        "winrm://me@127.0.0.1:1?auth=Kerberos&realm=NOWHERE&keytab=/nowhere",
        "winrm://me@127.0.0.1:1?auth=kerberos&realm=NOWHERE",
        "winrm://me@127.0.0.1:1",
        "winrm://me@127.0.0.1:1?auth=basic",
        "winrm://127.0.0.1:1?auth=certificate&certificate=/nowhere&key=/nowhere",
        "ssh://me@127.0.0.1:1?agent=none&insecure=true"
      })
  void aVariableThatTheLoginDoesNotTakeIsPassedOver(String url) {
    Map<String, String> environment =
        Map.of("PSCONNECT_PASSWORD", SECRET, "PSCONNECT_PASSPHRASE", SECRET);
    Outcome outcome = Outcome.of(Tty.NONE, environment, "check", "--url", url);
    assertEquals(69, outcome.exitCode(), outcome::toString);
    assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome::toString);
  }

  @Test
  void aSecretThatWasAskedForIsNotPassedOver() {
    String url = "winrm://127.0.0.1:1?auth=kerberos&ccache=/nowhere";
    assertTrue(
        Outcome.of(typist, Map.of(), "check", "--url", url, "--password")
            .error(64)
            .contains("exactly one must be"));
  }

  @Test
  void whatWasTypedIsWiped() throws IOException {
    check(typist, Map.of(), "--password");
    assertArrayEquals(new char[SECRET.length()], typist.typed.get(0));
  }

  @Test
  void withoutATerminalTheVariableIsNamed() throws IOException {
    assertTrue(
        check(Tty.NONE, Map.of(), "--password")
            .error(64)
            .startsWith(
                "--password asks at a terminal, and standard input or output is none; set"
                    + " PSCONNECT_PASSWORD instead"));
  }

  @Test
  void typingNothingIsNoPassword() throws IOException {
    typist.answer = "";
    assertTrue(check(typist, Map.of(), "--password").error(64).startsWith("no password was typed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--password=" + SECRET,
        "--passphrase=" + SECRET,
        "--pasword=" + SECRET,
        "--password " + SECRET,
        "--pasword " + SECRET,
        "--verbose --password=" + SECRET,
        "--verbose --password " + SECRET
      })
  void aSecretAsAnArgumentIsRefusedAndNotRepeated(String arguments) throws IOException {
    String error = check(typist, Map.of(), arguments.split(" ")).error(64);
    assertTrue(error.contains("--passphrase") || error.contains("--password"), error);
  }

  /** Where an argument is expected, what follows the option is one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --password %s",
        "run --passphrase --verbose %s",
        "run --password -- %s",
        "run pom.xml --password --input %s",
        "run %s\0 --password",
        "copy --password %s local:/tmp/x",
        "copy pom.xml --password %s",
        "copy pom.xml --passphrase --verbose local:%s",
        "copy pom.xml --password ssh:me:%s@host/x"
      })
  void whatFollowsTheOptionIsNotRepeatedWhereAnArgumentIsExpected(String arguments) {
    Outcome outcome = Outcome.of(typist, Map.of(), arguments.formatted(SECRET).split(" "));
    assertFalse((outcome.out() + outcome.err()).contains(SECRET), outcome::toString);
    assertTrue(
        outcome.err().contains("; --password and --passphrase take no value, they ask for one"),
        outcome::toString);
    assertEquals(List.of(), typist.questions);
  }

  @Test
  void aFailureShowsNoSecretEvenWithItsStackTrace() throws IOException {
    FakeConnection connection = new FakeConnection("pretend", new FakeRunner());
    connection.failOpenWith(
        new AuthenticationException(
            new Origin("pretend", "build01", Phase.AUTHENTICATE), "refused", null));
    Outcome outcome =
        check(
            connection, typist, Map.of("PSCONNECT_PASSPHRASE", SECRET), "--password", "--verbose");
    assertEquals(77, outcome.exitCode());
    assertTrue(outcome.err().contains("\tat "), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "copy", "check", "demo"})
  void helpShowsNoSecretOfTheEnvironment(String command) {
    Map<String, String> environment =
        Map.of("PSCONNECT_PASSWORD", SECRET, "PSCONNECT_PASSPHRASE", SECRET);
    Outcome help = Outcome.of(Tty.NONE, environment, command, "--help");
    assertEquals(0, help.exitCode());
    assertFalse((help.out() + help.err()).contains(SECRET));
  }
}
