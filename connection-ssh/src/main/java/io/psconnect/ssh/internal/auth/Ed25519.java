package io.psconnect.ssh.internal.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.impl.SkED25519PublicKeyEntryDecoder;
import org.apache.sshd.common.config.keys.loader.openssh.OpenSSHKeyPairResourceParser;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.AbstractSecurityProviderRegistrar;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;

/**
 * Teaches MINA, which asks for Bouncy Castle or net.i2p here, the Ed25519 of the JDK: for host
 * keys, user keys and certificates alike. MINA keeps this for the whole JVM, so it is done only
 * where nobody else has.
 */
public final class Ed25519 {
  private Ed25519() {}

  /** Makes sure that MINA knows Ed25519. Call it before any other use of MINA; often is fine. */
  public static void register() {
    if (!SecurityUtils.isEDDSACurveSupported()) {
      SecurityUtils.registerSecurityProvider(new Registrar());
    }
    if (KeyUtils.getPublicKeyEntryDecoder(KeyPairProvider.SSH_ED25519) == null) {
      registerLate();
    }
  }

  /** Classes of MINA that were loaded before did not find it, and do not look again. */
  private static void registerLate() {
    KeyUtils.registerPublicKeyEntryDecoder(SecurityUtils.getEDDSAPublicKeyEntryDecoder());
    KeyUtils.registerPublicKeyEntryDecoder(SkED25519PublicKeyEntryDecoder.INSTANCE);
    OpenSSHKeyPairResourceParser.registerPrivateKeyEntryDecoder(
        SecurityUtils.getOpenSSHEDDSAPrivateKeyEntryDecoder());
  }

  private static final class Registrar extends AbstractSecurityProviderRegistrar {
    Registrar() {
      super("JDK-Ed25519");
    }

    @Override
    public boolean isSupported() {
      return provider().isPresent();
    }

    @Override
    public Provider getSecurityProvider() {
      return provider().orElse(null);
    }

    @Override
    public String getProviderName() {
      return provider().map(Provider::getName).orElse(getName());
    }

    private static Optional<Provider> provider() {
      try {
        return Optional.of(KeyFactory.getInstance(SecurityUtils.ED25519).getProvider());
      } catch (GeneralSecurityException e) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<EdDSASupport<?, ?>> getEdDSASupport() {
      return Optional.of(new JdkEd25519());
    }
  }
}
