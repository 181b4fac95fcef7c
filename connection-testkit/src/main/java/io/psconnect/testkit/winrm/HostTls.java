package io.psconnect.testkit.winrm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The host's side of TLS. */
final class HostTls {
  private static final int BACKLOG = 200;
  private static final int LINE = 64;

  private final SSLContext context;
  private final X509Certificate certificate;

  HostTls(SSLContext context, X509Certificate certificate) {
    this.context = context;
    this.certificate = certificate;
  }

  X509Certificate certificate() {
    return certificate;
  }

  ServerSocket listen(InetAddress address, boolean wantClientAuth) throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, BACKLOG, address);
    listener.setWantClientAuth(wantClientAuth);
    return listener;
  }

  String fingerprint() {
    return HexFormat.of().formatHex(hash("SHA-256"));
  }

  private byte[] hash(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificate has no " + algorithm, e);
    }
  }

  String pem() {
    try {
      byte[] line = "\n".getBytes(StandardCharsets.US_ASCII);
      return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
          .formatted(Base64.getMimeEncoder(LINE, line).encodeToString(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new UncheckedIOException(new IOException("the certificate cannot be written", e));
    }
  }

  /** RFC 5929, section 4.1: by the hash of the signature, where that is not too weak. */
  byte[] binding() {
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    String hash =
        signature.startsWith("SHA384")
            ? "SHA-384"
            : signature.startsWith("SHA512") ? "SHA-512" : "SHA-256";
    ByteArrayOutputStream binding = new ByteArrayOutputStream();
    binding.writeBytes("tls-server-end-point:".getBytes(StandardCharsets.US_ASCII));
    binding.writeBytes(hash(hash));
    return binding.toByteArray();
  }

  Gate.Channel channel(SSLSocket socket) {
    return new Gate.Channel() {
      @Override
      public boolean isEncrypted() {
        return true;
      }

      @Override
      public Optional<byte[]> binding() {
        return Optional.of(HostTls.this.binding());
      }

      @Override
      public Optional<X509Certificate> clientCertificate() {
        try {
          return Optional.of((X509Certificate) socket.getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
          return Optional.empty();
        }
      }
    };
  }
}
