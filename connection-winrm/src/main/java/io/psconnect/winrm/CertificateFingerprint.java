package io.psconnect.winrm;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** The SHA-256 of a certificate, in the ways in which tools print it. */
final class CertificateFingerprint {
  private static final Pattern BASE64 = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");
  private static final Pattern HEX = Pattern.compile("(\\p{XDigit}{2}:){31}\\p{XDigit}{2}");
  private static final Pattern PLAIN_HEX = Pattern.compile("\\p{XDigit}{64}");

  private CertificateFingerprint() {}

  /** The 64 digits, in lower case. */
  static String digits(String text) {
    if (BASE64.matcher(text).matches()) {
      String encoded = text.substring("SHA256:".length());
      return HexFormat.of().formatHex(Base64.getDecoder().decode(encoded));
    }
    if (HEX.matcher(text).matches() || PLAIN_HEX.matcher(text).matches()) {
      return text.replace(":", "").toLowerCase(Locale.ROOT);
    }
    throw new IllegalArgumentException(
        "certificate fingerprint is '%s'; it must be the SHA-256 as openssl x509 -fingerprint"
                .formatted(text)
            + " -sha256 prints it, 64 hexadecimal digits with or without colons, or SHA256: and 43"
            + " characters of Base64");
  }
}
