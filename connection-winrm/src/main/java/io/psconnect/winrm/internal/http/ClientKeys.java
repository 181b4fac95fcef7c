package io.psconnect.winrm.internal.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** The user's own certificate and its key, in the JDK's terms. */
final class ClientKeys {
  private static final String REWRITE =
      "; write it anew: openssl pkcs8 -topk8 -v2 aes256 -in KEY -out NEW";

  private final TlsSettings.ClientCertificate settings;
  private final PemFile keyFile;

  private ClientKeys(TlsSettings.ClientCertificate settings) {
    this.settings = settings;
    keyFile = new PemFile(settings.key());
  }

  static Optional<X509ExtendedKeyManager> of(Optional<TlsSettings.ClientCertificate> client)
      throws UnusableFileException {
    return client.isPresent() ? new ClientKeys(client.get()).manager() : Optional.empty();
  }

  private Optional<X509ExtendedKeyManager> manager() throws UnusableFileException {
    List<X509Certificate> chain = new PemFile(settings.certificate()).certificates();
    PrivateKey key = key(chain.get(0).getPublicKey().getAlgorithm());
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      // The store stays in memory; the JDK wants a password nevertheless.
      char[] none = {};
      store.setKeyEntry("client", key, none, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, none);
      return Stream.of(factory.getKeyManagers())
          .filter(X509ExtendedKeyManager.class::isInstance)
          .map(X509ExtendedKeyManager.class::cast)
          .findFirst();
    } catch (GeneralSecurityException | IOException e) {
      throw keyFile.unusable("does not go with its certificate: " + e.getMessage(), e);
    }
  }

  private PrivateKey key(String algorithm) throws UnusableFileException {
    Optional<byte[]> plain = keyFile.block("PRIVATE KEY");
    Optional<byte[]> encrypted = keyFile.block("ENCRYPTED PRIVATE KEY");
    if (plain.isEmpty() && encrypted.isEmpty()) {
      throw keyFile.unusable("has no key as PKCS#8 in PEM" + REWRITE, null);
    }
    try {
      PKCS8EncodedKeySpec spec =
          plain.isPresent() ? new PKCS8EncodedKeySpec(plain.get()) : decrypted(encrypted.get());
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw keyFile.unusable("has no key for its certificate's algorithm " + algorithm, e);
    }
  }

  private PKCS8EncodedKeySpec decrypted(byte[] der) throws UnusableFileException {
    if (settings.passphrase().isEmpty()) {
      throw keyFile.unusable("is encrypted; give its passphrase", null);
    }
    EncryptedPrivateKeyInfo info = info(der);
    PBEKeySpec passphrase = new PBEKeySpec(settings.passphrase().get());
    try {
      String algorithm = algorithm(info);
      Key key = SecretKeyFactory.getInstance(algorithm).generateSecret(passphrase);
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return info.getKeySpec(cipher);
    } catch (GeneralSecurityException e) {
      throw keyFile.unusable("cannot be decrypted: is the passphrase right?", e);
    } finally {
      passphrase.clearPassword();
      Arrays.fill(der, (byte) 0);
    }
  }

  private EncryptedPrivateKeyInfo info(byte[] der) throws UnusableFileException {
    try {
      return new EncryptedPrivateKeyInfo(der);
    } catch (IOException e) {
      throw keyFile.unusable("is encrypted in a way that Java does not know" + REWRITE, e);
    }
  }

  /** The JDK names the parts of PBES2 in its parameters' text, and nowhere else. */
  private static String algorithm(EncryptedPrivateKeyInfo info) {
    return info.getAlgName().startsWith("PBEWith")
        ? info.getAlgName()
        : info.getAlgParameters().toString();
  }
}
