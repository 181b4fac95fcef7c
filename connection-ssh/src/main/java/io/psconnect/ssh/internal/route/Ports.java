package io.psconnect.ssh.internal.route;

/** Port numbers as text. */
final class Ports {
  static final int DEFAULT = 22;

  private Ports() {}

  static int parse(String text) {
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException(
          "port is '%s'; it must be a number between 1 and 65535".formatted(text));
    }
    return number;
  }
}
