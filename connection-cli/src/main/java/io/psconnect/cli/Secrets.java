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
    Optional<char[]> secret = ask ? Optional.of(ask(name, uri)) : ofEnvironment(name);
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

  private Optional<char[]> ofEnvironment(String name) {
    return Optional.ofNullable(environment.get(variable(name)))
        .filter(value -> !value.isEmpty())
        .map(String::toCharArray);
  }

  private static String variable(String name) {
    return PREFIX + name.toUpperCase(Locale.ROOT);
  }

  private static String titled(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** The options that ask, as they are typed. */
  static Stream<String> options() {
    return Stream.of("--" + PASSWORD, "--" + PASSPHRASE);
  }
}
