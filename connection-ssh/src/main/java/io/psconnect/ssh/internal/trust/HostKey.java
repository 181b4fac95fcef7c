package io.psconnect.ssh.internal.trust;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Locale;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public key of a host or of a certificate authority, never a certificate.
 *
 * @param type for instance {@code ssh-ed25519}
 * @param base64 the key as OpenSSH writes it in files
 */
record HostKey(String type, String base64) {

  static HostKey of(PublicKey key) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    byte[] bytes = buffer.getCompactData();
    return new HostKey(
        new ByteArrayBuffer(bytes).getString(), Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * Reads a key from a file.
   *
   * @throws IllegalArgumentException if it is none, or not of the type that stands before it
   */
  static HostKey parse(String type, String base64) {
    ByteArrayBuffer buffer = new ByteArrayBuffer(Base64.getDecoder().decode(base64));
    try {
      HostKey key = of(buffer.getRawPublicKey());
      if (!key.type.equals(type) || buffer.available() > 0) {
        throw new IllegalArgumentException("it is no key of type " + type);
      }
      return key;
    } catch (SshException | RuntimeException e) {
      throw new IllegalArgumentException("its key cannot be read: " + e.getMessage(), e);
    }
  }

  /** As {@code ssh-keygen -l} prints it. */
  String fingerprint() {
    byte[] digest = sha256().digest(Base64.getDecoder().decode(base64));
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** For instance {@code ED25519 key SHA256:…}. */
  @Override
  public String toString() {
    String family = type.replaceFirst("^(sk-)?(ssh-|ecdsa-sha2-)", "").replaceFirst("@.*", "");
    return (type.contains("ecdsa") ? "ECDSA" : family.toUpperCase(Locale.ROOT))
        + " key "
        + fingerprint();
  }
}
