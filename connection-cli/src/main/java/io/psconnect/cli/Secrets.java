package io.psconnect.cli;

import io.psconnect.ConnectionUri;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * What a host wants to know and nobody else may: asked for at the terminal, or taken from the
 * environment, and never an argument.
 */
final class Secrets {
  /** For who has typed an argument that may be one. */
  static final String TAKE_NO_VALUE = "--password and --passphrase take no value, they ask for one";

  private static final String PASSWORD = "password";
  private static final String PASSPHRASE = "passphrase";
  private static final String PREFIX = "PSCONNECT_";

  @Option(
      names = "--password",
      preprocessor = NoValue.class,
      description =
          "Ask for the password. Without this: the environment variable PSCONNECT_PASSWORD.")
  private boolean askPassword;

  @Option(
      names = "--passphrase",
      preprocessor = NoValue.class,
      description =
          "Ask for the private key's passphrase. Without this: the environment variable"
              + " PSCONNECT_PASSPHRASE.")
  private boolean askPassphrase;

  private final Tty tty;
  private final Map<String, String> environment;

  Secrets(Tty tty, Map<String, String> environment) {
    this.tty = tty;
    this.environment = environment;
  }

  /**
   * The URI with the secrets, which the caller wipes.
   *
   * @throws IllegalArgumentException if there is nobody to ask
   */
  ConnectionUri addTo(ConnectionUri uri) {
    ConnectionUri withPassword = add(uri, PASSWORD, askPassword);
    return add(withPassword, PASSPHRASE, askPassphrase);
  }

  private ConnectionUri add(ConnectionUri uri, String name, boolean ask) {
    Optional<char[]> secret = ask ? Optional.of(ask(name, uri)) : ofEnvironment(name, uri);
    try {
      return secret.map(value -> uri.withSecret(name, value)).orElse(uri);
    } finally {
      secret.ifPresent(value -> Arrays.fill(value, '\0'));
    }
  }

  private char[] ask(String name, ConnectionUri uri) {
    char[] secret =
        tty.readSecret("%s for %s: ".formatted(titled(name), uri))
            .orElseThrow(() -> nobodyToAsk(name));
    if (secret.length == 0) {
      throw new IllegalArgumentException("no %s was typed".formatted(name));
    }
    return secret;
  }

  private static IllegalArgumentException nobodyToAsk(String name) {
    return new IllegalArgumentException(
        "--%s asks at a terminal, and standard input or output is none; set %s instead"
            .formatted(name, variable(name)));
  }

  /** A variable is for all hosts: one whose way to log in does not take it does without. */
  private Optional<char[]> ofEnvironment(String name, ConnectionUri uri) {
    return Optional.ofNullable(environment.get(variable(name)))
        .filter(value -> !value.isEmpty() && isTaken(name, uri))
        .map(String::toCharArray);
  }

  private static boolean isTaken(String name, ConnectionUri uri) {
    return !uri.scheme().equals(WinRmShorthands.BACKEND)
        || name.equals(secretOfWinRm(uri).orElse(null));
  }

  /** Each way to log in by WinRM takes one secret at most, and refuses what it does not take. */
  private static Optional<String> secretOfWinRm(ConnectionUri uri) {
    boolean hasTickets = uri.option("ccache").isPresent() || uri.option("keytab").isPresent();
    return switch (uri.option("auth").orElse("").toLowerCase(Locale.ROOT)) {
      case "certificate" -> Optional.of(PASSPHRASE);
      case "kerberos" -> hasTickets ? Optional.empty() : Optional.of(PASSWORD);
      default -> Optional.of(PASSWORD);
    };
  }

  private static String variable(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT);
  }

  private static String titled(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Whether somebody wants to be asked, who may have typed the answer as an argument. */
  boolean areAskedFor() {
    return askPassword || askPassphrase;
  }

  /** The options that ask, as they are typed. */
  static Stream<String> options() {
    return Stream.of("--" + PASSWORD, "--" + PASSPHRASE);
  }
}
