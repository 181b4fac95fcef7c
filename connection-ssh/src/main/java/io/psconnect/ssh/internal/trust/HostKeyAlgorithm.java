package io.psconnect.ssh.internal.trust;

/**
 * How a host signs with its key.
 *
 * @param name as it is negotiated, for instance {@code rsa-sha2-512-cert-v01@openssh.com}
 */
record HostKeyAlgorithm(String name) {
  private static final String CERTIFICATE = "-cert-v01@openssh.com";

  /** Whether the host shows a certificate of its key. */
  boolean isCertificate() {
    return name.endsWith(CERTIFICATE);
  }

  /** With SHA-1, which OpenSSH has refused since 8.8. */
  boolean isObsolete() {
    return keyType().equals("ssh-dss") || name.startsWith("ssh-rsa");
  }

  /** The type of the key, for instance {@code ssh-rsa}. */
  String keyType() {
    String plain = name.replace(CERTIFICATE, "");
    return plain.startsWith("rsa-sha2-") ? "ssh-rsa" : plain;
  }
}
