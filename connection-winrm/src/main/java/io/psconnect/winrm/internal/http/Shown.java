package io.psconnect.winrm.internal.http;

/** What somebody else has sent, as it may stand in a message of ours: on one line, and not long. */
final class Shown {
  private static final int MOST = 200;

  private Shown() {}

  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().filter(Shown::isPrintable).limit(MOST).forEach(shown::appendCodePoint);
    return shown.toString().strip();
  }

  private static boolean isPrintable(int c) {
    return !Character.isISOControl(c)
        && Character.isDefined(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.SURROGATE
        && c != '\uFFFD';
  }
}
