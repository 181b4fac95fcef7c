package io.psconnect.ssh.internal.trust;

import io.psconnect.ssh.internal.auth.Ed25519;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Keys of hosts and of an authority, made for this run. */
final class TestKeys {
  static final KeyPair ED25519 = ed25519();
  static final KeyPair ECDSA = ecdsa();
  static final KeyPair RSA = rsa();
  static final KeyPair STRANGE = ecdsa();
  static final KeyPair AUTHORITY = ed25519();

  private TestKeys() {}

  private static KeyPair ed25519() {
    Ed25519.register();
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ecdsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key as a line of known_hosts has it. */
  static String text(KeyPair pair) {
    HostKey key = HostKey.of(pair.getPublic());
    return key.type() + " " + key.base64();
  }

  static String fingerprint(KeyPair pair) {
    return HostKey.of(pair.getPublic()).fingerprint();
  }
}
