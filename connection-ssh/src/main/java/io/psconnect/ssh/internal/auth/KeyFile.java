package io.psconnect.ssh.internal.auth;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.loader.AbstractKeyPairResourceParser;
import org.apache.sshd.common.config.keys.loader.openssh.OpenSSHKeyPairResourceParser;
import org.apache.sshd.common.config.keys.loader.pem.ECDSAPEMResourceKeyPairParser;
import org.apache.sshd.common.config.keys.loader.pem.PKCS8PEMResourceKeyPairParser;
import org.apache.sshd.common.config.keys.loader.pem.RSAPEMResourceKeyPairParser;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Decodes a private key's file: Ed25519, ECDSA or RSA, as OpenSSH, PKCS#8 or the older PEM has it,
 * encrypted or not. Does no I/O. MINA decodes what is in the envelopes; the envelopes are opened
 * here, where MINA would need another library or keep the key in Strings.
 *
 * <p>Messages are to follow the name of the key: "is encrypted, and ...".
 */
final class KeyFile {
  /** How to have a key in a form that is understood. */
  static final String REWRITE = "ssh-keygen -p -f KEY";

  private static final int MAGIC = "openssh-key-v1\0".length();
  private static final byte DER_SEQUENCE = 0x30;
  private static final Set<String> SUPPORTED =
      Set.of(
          KeyPairProvider.SSH_ED25519,
          KeyPairProvider.ECDSA_SHA2_NISTP256,
          KeyPairProvider.ECDSA_SHA2_NISTP384,
          KeyPairProvider.ECDSA_SHA2_NISTP521,
          KeyPairProvider.SSH_RSA);
  private static final String WHAT_IS_SUPPORTED =
      "it must be Ed25519, ECDSA on a NIST curve, or RSA";

  private KeyFile() {}

  /**
   * Decodes a key.
   *
   * @param file what the file holds
   * @param passphrase not needed, but allowed, for a key that is not encrypted
   */
  static KeyPair decode(byte[] file, Optional<char[]> passphrase)
      throws UnusableCredentialException {
    Ed25519.register();
    try (PemBlock block = block(file)) {
      return supported(decode(block, passphrase));
    }
  }

  private static PemBlock block(byte[] file) throws UnusableCredentialException {
    try {
      return PemBlock.find(file).orElseThrow(() -> NotAPrivateKey.found(file));
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static KeyPair decode(PemBlock block, Optional<char[]> passphrase)
      throws UnusableCredentialException {
    return switch (block.label()) {
      case "OPENSSH PRIVATE KEY" -> openSsh(block, passphrase);
      case "PRIVATE KEY" -> plain(KeyFile::pkcs8, block.content());
      case "ENCRYPTED PRIVATE KEY" -> pkcs8(block, passphrase);
      case "RSA PRIVATE KEY" -> older(KeyFile::rsa, block, passphrase);
      case "EC PRIVATE KEY" -> older(KeyFile::ec, block, passphrase);
      default ->
          throw new UnusableCredentialException(
              "is a '%s', which is not supported; %s".formatted(block.label(), WHAT_IS_SUPPORTED));
    };
  }

  private static KeyPair openSsh(PemBlock block, Optional<char[]> passphrase)
      throws UnusableCredentialException {
    if (!openSshEncrypted(block.content())) {
      return plain(content -> openSsh(content, null), block.content());
    }
    // MINA derives the key from a String: made here, dropped at once, but not to be wiped.
    String secret = new String(needed(passphrase));
    return decrypted(
        content -> openSsh(content, (session, resource, retry) -> secret), block::content);
  }

  private static KeyPair openSsh(byte[] content, FilePasswordProvider passphrase)
      throws IOException, GeneralSecurityException {
    return extract(OpenSSHKeyPairResourceParser.INSTANCE, content, passphrase);
  }

  /** Also refuses keys of a type that is not supported, which is said before any encryption. */
  private static boolean openSshEncrypted(byte[] content) throws UnusableCredentialException {
    try {
      Buffer buffer = new ByteArrayBuffer(content, MAGIC, content.length - MAGIC);
      String cipher = buffer.getString();
      buffer.getString();
      buffer.getBytes();
      buffer.getInt();
      requireSupported(new ByteArrayBuffer(buffer.getBytes()).getString());
      return !cipher.equals("none");
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  private static KeyPair pkcs8(PemBlock block, Optional<char[]> passphrase)
      throws UnusableCredentialException {
    Pbes2 encryption;
    try {
      encryption = new Pbes2(block.content());
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    char[] secret = needed(passphrase);
    return decrypted(KeyFile::pkcs8, () -> encryption.decrypt(secret));
  }

  private static KeyPair older(Decoder decoder, PemBlock block, Optional<char[]> passphrase)
      throws UnusableCredentialException {
    String header = block.headers().get("DEK-Info");
    if (header == null) {
      return plain(decoder, block.content());
    }
    DekInfo encryption = new DekInfo(header);
    char[] secret = needed(passphrase);
    return decrypted(decoder, () -> encryption.decrypt(block.content(), secret));
  }

  private static KeyPair pkcs8(byte[] content) throws IOException, GeneralSecurityException {
    try {
      return extract(PKCS8PEMResourceKeyPairParser.INSTANCE, content, null);
    } catch (StreamCorruptedException noPublicKey) {
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(content));
      return new KeyPair(EcPublicKey.of((ECPrivateKey) key), key);
    }
  }

  private static KeyPair rsa(byte[] content) throws IOException, GeneralSecurityException {
    return extract(RSAPEMResourceKeyPairParser.INSTANCE, content, null);
  }

  private static KeyPair ec(byte[] content) throws IOException, GeneralSecurityException {
    return extract(ECDSAPEMResourceKeyPairParser.INSTANCE, content, null);
  }

  private interface Decoder {
    KeyPair decode(byte[] content) throws IOException, GeneralSecurityException;
  }

  private interface Decryption {
    byte[] content() throws GeneralSecurityException;
  }

  /**
   * What was decrypted with a wrong passphrase does not decode. It hardly begins as DER does
   * either; what does, was encrypted so.
   */
  private static KeyPair decrypted(Decoder decoder, Decryption decryption)
      throws UnusableCredentialException {
    byte[] content = {};
    try {
      content = decryption.content();
      return decoder.decode(content);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw content.length > 0 && content[0] == DER_SEQUENCE ? damaged(e) : wrongPassphrase();
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static KeyPair plain(Decoder decoder, byte[] content) throws UnusableCredentialException {
    try {
      return decoder.decode(content);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw damaged(e);
    }
  }

  private static KeyPair extract(
      AbstractKeyPairResourceParser parser, byte[] content, FilePasswordProvider passphrase)
      throws IOException, GeneralSecurityException {
    Collection<KeyPair> pairs =
        parser.extractKeyPairs(
            null, NamedResource.ofName("key"), "", "", passphrase, content, Map.of());
    return pairs.iterator().next();
  }

  private static KeyPair supported(KeyPair pair) throws UnusableCredentialException {
    requireSupported(String.valueOf(KeyUtils.getKeyType(pair.getPublic())));
    return pair;
  }

  private static void requireSupported(String type) throws UnusableCredentialException {
    if (type.startsWith("sk-")) {
      throw new UnusableCredentialException(
          "is of the type %s, which lives in a security key; load it into an ssh-agent: ssh-add KEY"
              .formatted(type));
    }
    if (!SUPPORTED.contains(type)) {
      throw new UnusableCredentialException(
          "is of the type %s, which is not supported; %s".formatted(type, WHAT_IS_SUPPORTED));
    }
  }

  private static char[] needed(Optional<char[]> passphrase) throws UnusableCredentialException {
    return passphrase
        .filter(secret -> secret.length > 0)
        .orElseThrow(
            () ->
                new UnusableCredentialException(
                    "is encrypted, and there is no passphrase; give it (option passphrase), or load"
                        + " the key into an ssh-agent"));
  }

  private static UnusableCredentialException wrongPassphrase() {
    return new UnusableCredentialException(
        "is encrypted, and the passphrase is not the right one; give the right one (option"
            + " passphrase)");
  }

  private static UnusableCredentialException damaged(Exception e) {
    return new UnusableCredentialException(
        "does not decode (%s): it is damaged, or of a kind that is not supported; %s; to check it:"
                .formatted(e.getClass().getSimpleName(), WHAT_IS_SUPPORTED)
            + " ssh-keygen -y -f KEY");
  }

  /** What people give in place of a private key. */
  private enum NotAPrivateKey {
    EMPTY("\\s*", "is empty"),
    PUTTY(
        "(?s)\\s*PuTTY-User-Key-File-\\d.*",
        "is in PuTTY's form; convert it: puttygen key.ppk -O private-openssh -o key"),
    CUT_OFF(
        "(?s).*-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*",
        "has a BEGIN, but not the END that belongs to it: it is cut off; copy it anew"),
    CERTIFICATE(
        "(?s)\\s*\\S+-cert-v01@openssh\\.com\\s+AAAA.*",
        "is a certificate, not a private key; give the private key, and this as the option"
            + " certificatePath"),
    PUBLIC(
        "(?s)\\s*(ssh-|ecdsa-|sk-)\\S+\\s+AAAA.*|.*-----BEGIN ([A-Z]+ )?PUBLIC KEY-----.*"
            + "|.*---- BEGIN SSH2 PUBLIC KEY ----.*",
        "is a public key; give the private key, which is the file without .pub"),
    X509(
        "(?s).*-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----.*",
        "is an X.509 certificate, not a private key; SSH has no use for it"),
    SSH_COM(
        "(?s).*---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----.*",
        "is in the form of ssh.com; convert it: ssh-keygen -i -f KEY"),
    UTF_16(
        "(?s)(\u00ff\u00fe|\u00fe\u00ff).*",
        "is UTF-16 text, as PowerShell's > writes it; write it anew as ASCII: Get-Content KEY |"
            + " Set-Content -Encoding ascii KEY2"),
    BINARY_DER(
        "(?s)0[\u0080-\u0084].*",
        "is binary (DER, or a PKCS#12 store); convert it to PEM: openssl pkey -inform DER -in KEY,"
            + " or openssl pkcs12 -nocerts -in KEY"),
    UNKNOWN(
        "(?s).*",
        "holds no private key; the file must begin with -----BEGIN OPENSSH PRIVATE KEY-----, or"
            + " another PRIVATE KEY of PEM");

    private final Pattern looks;
    private final String message;

    NotAPrivateKey(String looks, String message) {
      this.looks = Pattern.compile(looks);
      this.message = message;
    }

    static UnusableCredentialException found(byte[] file) {
      String head = new String(file, 0, Math.min(file.length, 4096), StandardCharsets.ISO_8859_1);
      return Arrays.stream(values())
          .filter(kind -> kind.looks.matcher(head).matches())
          .findFirst()
          .map(kind -> new UnusableCredentialException(kind.message))
          .orElseThrow();
    }
  }
}
