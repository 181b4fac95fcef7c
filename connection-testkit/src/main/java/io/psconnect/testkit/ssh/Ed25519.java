package io.psconnect.testkit.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSAUtils;

/**
 * Ed25519 as Java itself has it since version 15. MINA SSHD 2 has it only by way of other
 * libraries; where it has found one of those, Bouncy Castle for instance, or another's way to
 * Java's, that is used, and keys are made over into its own, as it takes no others.
 */
final class Ed25519 {
  private static final ReentrantLock REGISTRATION = new ReentrantLock();

  private Ed25519() {}

  /** For this JVM, since MINA SSHD knows no other scope. */
  static void register() {
    REGISTRATION.lock();
    try {
      if (!SecurityUtils.isEDDSACurveSupported()) {
        SecurityUtils.registerSecurityProvider(new Registrar());
      }
      KeyUtils.registerPublicKeyEntryDecoder(SecurityUtils.getEDDSAPublicKeyEntryDecoder());
    } finally {
      REGISTRATION.unlock();
    }
  }

  /** The key as MINA takes it; one of another kind as it is. */
  static PublicKey adopted(PublicKey key) {
    if (!isOfThisKind(key)) {
      return key;
    }
    try {
      return support().generateEDDSAPublicKey(EdDSAUtils.getBytes(key));
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  /** The pair as MINA takes it; one of another kind as it is. */
  static KeyPair adopted(KeyPair pair) {
    if (!isOfThisKind(pair.getPublic())) {
      return pair;
    }
    try {
      byte[] seed = EdDSAUtils.getBytes(pair.getPrivate());
      return new KeyPair(adopted(pair.getPublic()), support().generateEDDSAPrivateKey(seed));
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(e);
    }
  }

  /** The JDK calls the algorithm EdDSA, Bouncy Castle Ed25519. */
  private static boolean isOfThisKind(PublicKey key) {
    return key.getAlgorithm().equals(SecurityUtils.ED25519) || key.getAlgorithm().equals("EdDSA");
  }

  private static EdDSASupport<?, ?> support() {
    register();
    return SecurityUtils.getEdDSASupport().orElseThrow();
  }

  private static IllegalArgumentException unusable(Exception cause) {
    return new IllegalArgumentException("not an Ed25519 key that can be used here", cause);
  }

  /** Names a provider that is there anyway, and claims nothing of it. */
  private static final class Registrar extends AbstractSecurityProviderRegistrar {
    Registrar() {
      super("psconnect-testkit");
    }

    @Override
    public String getProviderName() {
      return "SunEC";
    }

    @Override
    public Provider getSecurityProvider() {
      return Security.getProvider(getProviderName());
    }

    @Override
    public boolean isSupported() {
      return getSecurityProvider() != null;
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
      return Optional.of(new JdkEd25519());
    }
  }
}
