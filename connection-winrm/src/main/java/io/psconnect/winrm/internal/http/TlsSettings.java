package io.psconnect.winrm.internal.http;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Which hosts are believed, and which certificate is shown to them.
 *
 * @param trust which hosts are believed
 * @param client the user's own certificate, if there is one
 */
public record TlsSettings(Trust trust, Optional<ClientCertificate> client) {

  /** Which hosts are believed. */
  public sealed interface Trust {}

  /** Those whose certificate leads to one that the JDK trusts, and names the host. */
  public record JdkTrust() implements Trust {}

  /**
   * Those whose certificate leads to one in a file, and names the host.
   *
   * @param bundle certificates in PEM
   */
  public record BundleTrust(Path bundle) implements Trust {}

  /**
   * Those that have one of these certificates, whatever it says.
   *
   * @param fingerprints the SHA-256 of the certificate's DER in hexadecimal digits; colons do not
   *     matter
   */
  public record PinTrust(Set<String> fingerprints) implements Trust {}

  /** All, which lets anybody on the way read and change everything. */
  public record NoCheck() implements Trust {}

  /**
   * The user's own certificate.
   *
   * @param certificate a file with it in PEM, and perhaps what leads up to its root
   * @param key a file with its key, PKCS#8 in PEM
   * @param passphrase of the key, if it is encrypted; until it is {@linkplain #wipe wiped}
   */
  public record ClientCertificate(Path certificate, Path key, Optional<char[]> passphrase) {

    /** Wipes the passphrase, when the key need not be read any more. */
    public void wipe() {
      passphrase.ifPresent(characters -> Arrays.fill(characters, '\0'));
    }

    /** Without the passphrase. */
    @Override
    public String toString() {
      return "ClientCertificate[certificate=%s, key=%s]".formatted(certificate, key);
    }
  }
}
