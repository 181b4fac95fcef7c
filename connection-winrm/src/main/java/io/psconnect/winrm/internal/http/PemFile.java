package io.psconnect.winrm.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A file of blocks in PEM (RFC 7468). What stands between them does not matter. */
final class PemFile {
  private static final int MOST = 4 * 1024 * 1024;
  private static final String DASHES = "-----";

  private final Path path;

  PemFile(Path path) {
    this.path = path;
  }

  /**
   * @return at least one
   */
  List<X509Certificate> certificates() throws UnusableFileException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] der : blocks("CERTIFICATE")) {
      certificates.add(certificate(der));
    }
    if (certificates.isEmpty()) {
      throw unusable("has no certificate in PEM ('-----BEGIN CERTIFICATE-----')", null);
    }
    return certificates;
  }

  private X509Certificate certificate(byte[] der) throws UnusableFileException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw unusable("has a certificate that cannot be read: " + e.getMessage(), e);
    }
  }

  /** The first block with this label. */
  Optional<byte[]> block(String label) throws UnusableFileException {
    return blocks(label).stream().findFirst();
  }

  private List<byte[]> blocks(String label) throws UnusableFileException {
    String begin = DASHES + "BEGIN " + label + DASHES;
    String end = DASHES + "END " + label + DASHES;
    String text = text();
    List<byte[]> blocks = new ArrayList<>();
    int start = text.indexOf(begin);
    while (start >= 0) {
      int stop = text.indexOf(end, start);
      blocks.add(decoded(label, text, start + begin.length(), stop));
      start = text.indexOf(begin, stop);
    }
    return blocks;
  }

  private byte[] decoded(String label, String text, int start, int stop)
      throws UnusableFileException {
    try {
      return Base64.getMimeDecoder().decode(text.substring(start, stop).strip());
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw unusable("has a block '%s' that is not whole".formatted(label), null);
    }
  }

  private String text() throws UnusableFileException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw unusable("is longer than %d bytes".formatted(MOST), null);
      }
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      Arrays.fill(bytes, (byte) 0);
      return text;
    } catch (NoSuchFileException e) {
      throw unusable("does not exist", e);
    } catch (IOException e) {
      throw unusable("cannot be read: " + e.getMessage(), e);
    }
  }

  UnusableFileException unusable(String why, Exception cause) {
    return new UnusableFileException("the file %s %s".formatted(path, why), cause);
  }
}
