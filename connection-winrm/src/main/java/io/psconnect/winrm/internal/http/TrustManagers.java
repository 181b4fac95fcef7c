package io.psconnect.winrm.internal.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which hosts are believed, in the JDK's terms. */
final class TrustManagers {
  private TrustManagers() {}

  static X509ExtendedTrustManager of(TlsSettings.Trust trust) throws UnusableFileException {
    if (trust instanceof TlsSettings.PinTrust pins) {
      return new LenientTrust(
          pins.fingerprints().stream()
              .map(Fingerprint::normal)
              .collect(Collectors.toUnmodifiableSet()));
    }
    if (trust instanceof TlsSettings.NoCheck) {
      return new LenientTrust(Set.of());
    }
    return trust instanceof TlsSettings.BundleTrust bundle ? of(bundle.bundle()) : ofStore(null);
  }

  private static X509ExtendedTrustManager of(Path bundle) throws UnusableFileException {
    List<X509Certificate> certificates = new PemFile(bundle).certificates();
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("ca" + i, certificates.get(i));
      }
      return ofStore(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableFileException("the certificates in %s: %s".formatted(bundle, e), e);
    }
  }

  /**
   * @param store null for the JDK's own
   */
  private static X509ExtendedTrustManager ofStore(KeyStore store) throws UnusableFileException {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return Stream.of(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new UnusableFileException("the trusted certificates cannot be used: " + e, e);
    }
  }
}
