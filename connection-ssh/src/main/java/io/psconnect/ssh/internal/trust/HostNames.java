package io.psconnect.ssh.internal.trust;

import io.psconnect.ssh.internal.route.Wildcard;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The first field of a line of known_hosts: which hosts it is for. */
interface HostNames {
  int SHA1_LENGTH = 20;

  /**
   * Whether a host is among them.
   *
   * @param host in lower case: {@code name}, or {@code [name]:port} for a port other than 22
   * @return whether it is
   */
  boolean match(String host);

  /**
   * Reads the field.
   *
   * @throws IllegalArgumentException if it is a hash that cannot be read
   */
  static HostNames parse(String field) {
    return field.startsWith("|") ? hashed(field) : listed(field);
  }

  private static HostNames listed(String field) {
    List<String> patterns = Arrays.asList(field.toLowerCase(Locale.ROOT).split(",", -1));
    return host ->
        patterns.stream().noneMatch(pattern -> takesOut(pattern, host))
            && patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, host));
  }

  private static boolean takesOut(String pattern, String host) {
    return pattern.startsWith("!") && Wildcard.matches(pattern.substring(1), host);
  }

  private static HostNames hashed(String field) {
    String[] parts = field.split("\\|", -1);
    if (parts.length != 4 || !parts[1].equals("1")) {
      throw new IllegalArgumentException("the host's hash is not of the form |1|salt|hash");
    }
    byte[] salt = Base64.getDecoder().decode(parts[2]);
    byte[] hash = Base64.getDecoder().decode(parts[3]);
    if (salt.length != SHA1_LENGTH || hash.length != SHA1_LENGTH) {
      throw new IllegalArgumentException("the host's salt or hash is not 20 bytes long");
    }
    return host -> MessageDigest.isEqual(hash, hmac(salt, host));
  }

  private static byte[] hmac(byte[] salt, String host) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(salt, "HmacSHA1"));
      return mac.doFinal(host.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }
}
