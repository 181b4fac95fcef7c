package io.psconnect.ssh.internal.trust;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Map;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public key of a host or of a certificate authority, never a certificate.
 *
 * @param type for instance {@code ssh-ed25519}
 * @param base64 the key as OpenSSH writes it in files
 */
record HostKey(String type, String base64) {
  /** How many strings each type of key consists of, its name included: RFC 4253, 5656, 8709. */
  private static final Map<String, Integer> PARTS =
      Map.of(
          "ssh-ed25519", 2,
          "ssh-rsa", 3,
          "ecdsa-sha2-nistp256", 3,
          "ecdsa-sha2-nistp384", 3,
          "ecdsa-sha2-nistp521", 3,
          "sk-ssh-ed25519@openssh.com", 3,
          "sk-ecdsa-sha2-nistp256@openssh.com", 4,
          "ssh-dss", 5);

  static HostKey of(PublicKey key) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    byte[] bytes = buffer.getCompactData();
    return new HostKey(string(ByteBuffer.wrap(bytes)), Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * Reads a key from a file.
   *
   * @throws IllegalArgumentException if it is none, or not of the type that stands before it
   */
  static HostKey parse(String type, String base64) {
    Integer parts = PARTS.get(type);
    if (parts == null) {
      throw new IllegalArgumentException("'%s' is not a type of key".formatted(type));
    }
    ByteBuffer key = ByteBuffer.wrap(decoded(base64));
    if (!isOf(type, parts, key)) {
      throw new IllegalArgumentException("the key is not a whole one of type " + type);
    }
    return new HostKey(type, base64);
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the key is not Base64: " + e.getMessage(), e);
    }
  }

  private static boolean isOf(String type, int parts, ByteBuffer key) {
    try {
      boolean named = string(key).equals(type);
      for (int part = 1; part < parts; part++) {
        named &= !string(key).isEmpty();
      }
      return named && !key.hasRemaining();
    } catch (BufferUnderflowException e) {
      return false;
    }
  }

  private static String string(ByteBuffer key) {
    int length = key.getInt();
    if (length < 0 || length > key.remaining()) {
      throw new BufferUnderflowException();
    }
    String text = StandardCharsets.ISO_8859_1.decode(key.slice(key.position(), length)).toString();
    key.position(key.position() + length);
    return text;
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

  /** For instance {@code ssh-ed25519 SHA256:…}. */
  @Override
  public String toString() {
    return type + " " + fingerprint();
  }
}
