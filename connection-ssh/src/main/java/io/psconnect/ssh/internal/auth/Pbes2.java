package io.psconnect.ssh.internal.auth;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.util.io.der.ASN1Object;
import org.apache.sshd.common.util.io.der.ASN1Type;
import org.apache.sshd.common.util.io.der.DERParser;

/**
 * The encryption of PKCS#8 keys: PBES2 with PBKDF2 (RFC 8018), which is what openssl and ssh-keygen
 * write. The JDK's own way in, EncryptedPrivateKeyInfo, knows neither a passphrase beyond ASCII nor
 * 3DES, and MINA's needs Bouncy Castle.
 */
final class Pbes2 {
  private static final String PBES2 = "1.2.840.113549.1.5.13";
  private static final String PBKDF2 = "1.2.840.113549.1.5.12";
  private static final String HMAC = "1.2.840.113549.2.";
  private static final Map<String, String> HASHES =
      Map.of(
          HMAC + 7, "SHA1", HMAC + 8, "SHA224", HMAC + 9, "SHA256", HMAC + 10, "SHA384", HMAC + 11,
          "SHA512");
  private static final String AES = "2.16.840.1.101.3.4.1.";
  private static final Map<String, Encryption> ENCRYPTIONS =
      Map.of(
          AES + 2,
          new Encryption("AES", 128),
          AES + 22,
          new Encryption("AES", 192),
          AES + 42,
          new Encryption("AES", 256),
          "1.2.840.113549.3.7",
          new Encryption("DESede", 192));
  private static final int MOST_ROUNDS = 10_000_000;

  private record Encryption(String algorithm, int keyBits) {}

  private final String hash;
  private final byte[] salt;
  private final int rounds;
  private final Encryption encryption;
  private final byte[] initial;
  private final byte[] encrypted;

  /**
   * Reads an EncryptedPrivateKeyInfo.
   *
   * @throws UnusableCredentialException if it is encrypted otherwise
   * @throws IOException if it is not one
   */
  Pbes2(byte[] der) throws UnusableCredentialException, IOException {
    List<ASN1Object> info = parts(new DERParser(der).readObject());
    List<ASN1Object> scheme = parts(info.get(0));
    require(PBES2, scheme);
    List<ASN1Object> parameters = parts(scheme.get(1));
    List<ASN1Object> derivation = parts(parameters.get(0));
    require(PBKDF2, derivation);
    List<ASN1Object> pbkdf2 = parts(derivation.get(1));
    salt = pbkdf2.get(0).getPureValueBytes();
    rounds = rounds(pbkdf2.get(1));
    hash = hash(pbkdf2);
    List<ASN1Object> cipher = parts(parameters.get(1));
    encryption = known(ENCRYPTIONS, oid(cipher.get(0)));
    initial = cipher.get(1).getPureValueBytes();
    encrypted = info.get(1).getPureValueBytes();
  }

  private static void require(String oid, List<ASN1Object> algorithm)
      throws IOException, UnusableCredentialException {
    known(Map.of(oid, oid), oid(algorithm.get(0)));
  }

  private static <T> T known(Map<String, T> all, String oid) throws UnusableCredentialException {
    T found = all.get(oid);
    if (found == null) {
      throw new UnusableCredentialException(
          "is encrypted in a way that is not supported (%s); encrypt it anew: %s"
              .formatted(oid, KeyFile.REWRITE));
    }
    return found;
  }

  private static int rounds(ASN1Object number) throws IOException {
    int rounds = number.asInteger().intValueExact();
    if (rounds < 1 || rounds > MOST_ROUNDS) {
      throw new IOException("illogical number of rounds");
    }
    return rounds;
  }

  /**
   * SHA-1 where nothing is said; a key length, which may stand between, follows from the cipher.
   */
  private static String hash(List<ASN1Object> pbkdf2)
      throws IOException, UnusableCredentialException {
    ASN1Object last = pbkdf2.get(pbkdf2.size() - 1);
    return last.getObjType() == ASN1Type.SEQUENCE ? known(HASHES, oid(first(last))) : "SHA1";
  }

  /** The rest may be a NULL, which MINA's parser does not read to its end. */
  private static ASN1Object first(ASN1Object sequence) throws IOException {
    try (DERParser parser = sequence.createParser()) {
      return parser.readObject();
    }
  }

  private static String oid(ASN1Object object) throws IOException {
    return object.asOID().stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  private static List<ASN1Object> parts(ASN1Object sequence) throws IOException {
    if (sequence == null || !sequence.isConstructed()) {
      throw new IOException("not a sequence");
    }
    List<ASN1Object> parts = new ArrayList<>();
    try (DERParser parser = sequence.createParser()) {
      for (ASN1Object part = parser.readObject(); part != null; part = parser.readObject()) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** The key; with a wrong passphrase an exception or, once in some hundred times, garbage. */
  byte[] decrypt(char[] passphrase) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(encryption.algorithm() + "/CBC/PKCS5Padding");
    byte[] key = key(passphrase);
    try {
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, encryption.algorithm()),
          new IvParameterSpec(initial));
      return cipher.doFinal(encrypted);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private byte[] key(char[] passphrase) throws GeneralSecurityException {
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, rounds, encryption.keyBits());
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmac" + hash)
          .generateSecret(spec)
          .getEncoded();
    } finally {
      spec.clearPassword();
    }
  }
}
