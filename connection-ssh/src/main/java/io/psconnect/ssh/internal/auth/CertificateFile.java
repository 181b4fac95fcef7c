package io.psconnect.ssh.internal.auth;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** An OpenSSH user certificate: one line, as {@code ssh-keygen -s} writes it. Does no I/O. */
final class CertificateFile {
  private CertificateFile() {}

  /** Decodes a certificate, which need not be valid at this time. */
  static OpenSshCertificate decode(byte[] file) throws UnusableCredentialException {
    Ed25519.register();
    String[] words = new String(file, StandardCharsets.UTF_8).strip().split("\\s+", 3);
    if (words.length < 2 || !words[0].endsWith("-cert-v01@openssh.com")) {
      throw new UnusableCredentialException(
          "is not an OpenSSH certificate; it must be a line such as"
              + " ssh-ed25519-cert-v01@openssh.com AAAA..., as ssh-keygen -s CA writes it to"
              + " KEY-cert.pub");
    }
    return ofUser(key(words[1]));
  }

  private static PublicKey key(String base64) throws UnusableCredentialException {
    try {
      return new ByteArrayBuffer(Base64.getDecoder().decode(base64)).getRawPublicKey();
    } catch (SshException | RuntimeException e) {
      throw new UnusableCredentialException(
          "does not decode as a certificate (%s); have it written anew: ssh-keygen -s CA -I ID KEY"
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static OpenSshCertificate ofUser(PublicKey key) throws UnusableCredentialException {
    if (key instanceof OpenSshCertificate certificate
        && certificate.getType() == OpenSshCertificate.Type.USER) {
      return certificate;
    }
    throw new UnusableCredentialException(
        "is a certificate for a host, not for a user; have one written without the -h of"
            + " ssh-keygen");
  }
}
