package io.psconnect.ssh.internal.route;

/** OpenSSH's patterns: {@code *} is any text, {@code ?} any one character. */
public final class Wildcard {
  private Wildcard() {}

  /**
   * Whether the whole text is of the pattern. Takes no longer than the product of both lengths.
   *
   * @param pattern where all but {@code *} and {@code ?} stands for itself
   * @param text what is looked at
   * @return whether it is
   */
  public static boolean matches(String pattern, String text) {
    int inPattern = 0;
    int inText = 0;
    int star = -1;
    int resume = 0;
    while (inText < text.length()) {
      char wanted = inPattern < pattern.length() ? pattern.charAt(inPattern) : '\0';
      if (wanted == '*') {
        star = inPattern++;
        resume = inText;
      } else if (inPattern < pattern.length() && (wanted == '?' || wanted == text.charAt(inText))) {
        inPattern++;
        inText++;
      } else if (star >= 0) {
        inPattern = star + 1;
        inText = ++resume;
      } else {
        return false;
      }
    }
    return pattern.substring(inPattern).chars().allMatch(rest -> rest == '*');
  }
}
