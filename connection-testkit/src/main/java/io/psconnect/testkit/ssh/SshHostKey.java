package io.psconnect.testkit.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kind of key by which an {@link SshHost} is known. */
public enum SshHostKey {
  /** {@code ssh-ed25519}, the default. */
  ED25519,
  /** {@code ecdsa-sha2-nistp256}. */
  ECDSA,
  /** 3072 bits, with signatures {@code rsa-sha2-512} and {@code rsa-sha2-256}. */
  RSA;

  private static final int RSA_BITS = 3072;

  KeyPair generate() {
    try {
      return Ed25519.adopted(generator().generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot make a key of the kind " + this, e);
    }
  }

  private KeyPairGenerator generator() throws GeneralSecurityException {
    KeyPairGenerator generator =
        KeyPairGenerator.getInstance(
            switch (this) {
              case ED25519 -> "Ed25519";
              case ECDSA -> "EC";
              case RSA -> "RSA";
            });
    if (this == ECDSA) {
      generator.initialize(new ECGenParameterSpec("secp256r1"));
    } else if (this == RSA) {
      generator.initialize(RSA_BITS);
    }
    return generator;
  }
}
