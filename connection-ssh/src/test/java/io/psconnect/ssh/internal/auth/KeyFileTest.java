package io.psconnect.ssh.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresProgram("ssh-keygen")
class KeyFileTest {
  private static final char[] PASSPHRASE = TestKeys.PASSPHRASE.toCharArray();
  private static final String SECRET = TestKeys.PASSPHRASE;
  private static final List<String> TYPES =
      List.of("ed25519", "ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521", "rsa -b 2048");
  private static final List<String> CIPHERS =
      List.of(
          "aes256-ctr",
          "aes128-cbc",
          "aes256-cbc",
          "aes256-gcm@openssh.com",
          "chacha20-poly1305@openssh.com",
          "3des-cbc");

  @TempDir Path folder;

  private TestKeys keys() {
    return new TestKeys(folder);
  }

  @TestFactory
  List<DynamicTest> everyTypeInEveryFormOfSshKeygenDecodes() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (String type : TYPES) {
      String name = type.replaceAll("[ -]", "");
      Path key = keys().make(name, ("-t " + type).split(" "));
      tests.add(decodes(key, Optional.empty()));
      for (String cipher : CIPHERS) {
        tests.add(decodes(rewritten(key, cipher, "-Z", cipher, "-a", "2"), Optional.of(SECRET)));
      }
      for (String form : List.of("PEM", "PKCS8")) {
        tests.add(
            decodes(keys().rewritten(key, name + form, "-m", form, "-N", ""), Optional.empty()));
        tests.add(decodes(rewritten(key, form + "-encrypted", "-m", form), Optional.of(SECRET)));
      }
    }
    return tests;
  }

  private Path rewritten(Path key, String what, String... keygen) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(keygen));
    arguments.addAll(List.of("-N", SECRET));
    return keys().rewritten(key, key.getFileName() + "-" + what, arguments.toArray(String[]::new));
  }

  private DynamicTest decodes(Path key, Optional<String> passphrase) {
    return DynamicTest.dynamicTest(
        key.getFileName().toString(), () -> requireDecodes(key, passphrase));
  }

  /** With and without a passphrase that is not needed; and not with a wrong one. */
  private void requireDecodes(Path key, Optional<String> passphrase) throws Exception {
    byte[] file = Files.readAllBytes(key);
    KeyPair pair = KeyFile.decode(file, Optional.of(PASSPHRASE));
    assertEquals(keys().fingerprint(key), KeyUtils.getFingerPrint(pair.getPublic()));
    requireSigns(pair);
    if (passphrase.isEmpty()) {
      requireSigns(KeyFile.decode(file, Optional.empty()));
      return;
    }
    assertEquals(
        "is encrypted, and the passphrase is not the right one; give the right one (option"
            + " passphrase)",
        refusal(file, Optional.of("wrong")));
    assertEquals(
        "is encrypted, and there is no passphrase; give it (option passphrase), or load the key"
            + " into an ssh-agent",
        refusal(file, Optional.empty()));
  }

  private static void requireSigns(KeyPair pair) throws Exception {
    String algorithm = KeyUtils.getKeyType(pair).replace("ssh-rsa", "rsa-sha2-256");
    byte[] data = {1, 2, 3};
    Signature signer = signature(algorithm);
    signer.initSigner(null, pair.getPrivate());
    signer.update(null, data);
    byte[] signed = signer.sign(null);
    Signature verifier = signature(algorithm);
    verifier.initVerifier(null, pair.getPublic());
    verifier.update(null, data);
    assertTrue(verifier.verify(null, signed));
  }

  private static Signature signature(String algorithm) {
    return NamedResource.findByName(algorithm, String.CASE_INSENSITIVE_ORDER, Offer.SIGNATURES)
        .create();
  }

  private static String refusal(byte[] file, Optional<String> passphrase) {
    return assertThrows(
            UnusableCredentialException.class,
            () -> KeyFile.decode(file, passphrase.map(String::toCharArray)))
        .getMessage();
  }

  private String refusal(Path file) throws Exception {
    return refusal(Files.readAllBytes(file), Optional.empty());
  }

  @TestFactory
  @RequiresProgram("openssl")
  List<DynamicTest> everyEncryptionOfOpenSslDecodes() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (String type : List.of("ecdsa -b 256", "rsa -b 2048")) {
      Path key = pkcs8(type);
      for (String cipher : List.of("aes-128-cbc", "aes-192-cbc", "aes-256-cbc", "des3")) {
        tests.add(encrypted(key, cipher, "pkcs8", "-topk8", "-v2", cipher));
      }
      for (int bits : List.of(1, 224, 256, 384, 512)) {
        String hash = "hmacWithSHA" + bits;
        tests.add(encrypted(key, hash, "pkcs8", "-topk8", "-v2", "aes256", "-v2prf", hash));
      }
      String older = type.startsWith("rsa") ? "rsa" : "ec";
      for (String cipher : List.of("aes128", "aes192", "aes256", "des3")) {
        String[] command =
            older.equals("rsa")
                ? new String[] {"rsa", "-traditional", "-" + cipher}
                : new String[] {"ec", "-" + cipher};
        tests.add(encrypted(key, older + cipher, command));
      }
    }
    return tests;
  }

  private Path pkcs8(String type) throws Exception {
    String name = type.replaceAll("[ -]", "");
    Path key = keys().make(name, ("-t " + type).split(" "));
    return keys().rewritten(key, name + "-pkcs8", "-m", "PKCS8", "-N", "");
  }

  private DynamicTest encrypted(Path key, String name, String... openssl) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(openssl));
    command.addAll(List.of("-passout", "pass:" + SECRET));
    return decodes(
        keys().converted(key, key.getFileName() + "-" + name, command.toArray(String[]::new)),
        Optional.of(SECRET));
  }

  @Test
  @RequiresProgram("openssl")
  void anEd25519KeyInPkcs8DecodesWithThePublicKeyMadeFromIt() throws Exception {
    String made = TestKeys.said(folder, List.of("openssl", "genpkey", "-algorithm", "ed25519"));
    Files.writeString(keys().file("plain"), made);
    TestKeys.said(
        folder,
        List.of("openssl", "pkcs8", "-topk8", "-in", "plain", "-out", "key", "-passout", "pass:x"));
    KeyPair pair =
        KeyFile.decode(Files.readAllBytes(keys().file("key")), Optional.of(new char[] {'x'}));
    requireSigns(pair);
    requireSigns(KeyFile.decode(made.getBytes(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "RSA", "secp256r1", "secp384r1", "secp521r1"})
  void aKeyThatTheJdkWroteDecodesThoughItsPublicKeyIsNotInIt(String kind) throws Exception {
    boolean curve = kind.startsWith("secp");
    KeyPairGenerator generator = KeyPairGenerator.getInstance(curve ? "EC" : kind);
    if (curve) {
      generator.initialize(new ECGenParameterSpec(kind));
    }
    KeyPair pair = generator.generateKeyPair();
    byte[] file = pem(pair.getPrivate().getEncoded()).getBytes();
    KeyPair decoded = KeyFile.decode(file, Optional.empty());
    assertEquals(pair.getPublic(), decoded.getPublic());
    requireSigns(decoded);
  }

  private static String pem(byte[] content) {
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(Base64.getMimeEncoder().encodeToString(content));
  }

  @Test
  void aKeyThatLivesInASecurityKeyBelongsIntoAnAgent() {
    Buffer key = new ByteArrayBuffer();
    key.putRawBytes("openssh-key-v1\0".getBytes());
    key.putString("none");
    key.putString("none");
    key.putString("");
    key.putInt(1);
    Buffer publicKey = new ByteArrayBuffer();
    publicKey.putString("sk-ssh-ed25519@openssh.com");
    key.putBytes(publicKey.getCompactData());
    String file = pem(key.getCompactData()).replace("PRIVATE", "OPENSSH PRIVATE");
    assertEquals(
        "is of the type sk-ssh-ed25519@openssh.com, which lives in a security key; load it into an"
            + " ssh-agent: ssh-add KEY",
        refusal(file.getBytes(), Optional.empty()));
  }

  @Test
  @RequiresProgram("openssl")
  void anEncryptionThatIsNotSupportedSaysHowToChangeIt() throws Exception {
    Path key = pkcs8("ecdsa -b 256");
    Path scrypt =
        keys()
            .converted(
                key, "scrypt", "openssl", "pkcs8", "-topk8", "-scrypt", "-passout", "pass:x");
    assertEquals(
        "is encrypted in a way that is not supported (1.3.6.1.4.1.11591.4.11); encrypt it anew:"
            + " ssh-keygen -p -f KEY",
        refusal(scrypt));
  }

  @Test
  @RequiresProgram("openssl")
  void aKeyOnAnotherCurveIsNotMistakenForAWrongPassphrase() throws Exception {
    TestKeys.said(
        folder,
        List.of("openssl", "ecparam", "-genkey", "-noout", "-name", "secp256k1", "-out", "key"));
    TestKeys.said(
        folder,
        List.of("openssl", "pkcs8", "-topk8", "-in", "key", "-out", "e", "-passout", "pass:x"));
    byte[] encrypted = Files.readAllBytes(keys().file("e"));
    assertTrue(
        refusal(encrypted, Optional.of("x")).startsWith("does not decode"),
        () -> refusal(encrypted, Optional.of("x")));
    assertTrue(refusal(encrypted, Optional.of("y")).contains("is not the right one"));
  }

  @Test
  void aTypeThatIsNotSupportedIsNamed() throws Exception {
    Path dsa = keys().make("dsa", "-t", "dsa");
    String expected =
        "is of the type ssh-dss, which is not supported; it must be Ed25519, ECDSA on a NIST curve,"
            + " or RSA";
    assertEquals(expected, refusal(dsa));
    assertEquals(expected, refusal(rewritten(dsa, "encrypted")));
    assertEquals(
        "is a 'DSA PRIVATE KEY', which is not supported; it must be Ed25519, ECDSA on a NIST curve,"
            + " or RSA",
        refusal(keys().rewritten(dsa, "dsa-pem", "-m", "PEM", "-N", "")));
  }

  @Test
  void aPublicKeyIsRecognised() throws Exception {
    Path key = keys().make("key", "-t", "ed25519");
    String expected = "is a public key; give the private key, which is the file without .pub";
    assertEquals(expected, refusal(Path.of(key + ".pub")));
    for (String form : List.of("RFC4716", "PKCS8", "PEM")) {
      Path rsa = keys().make("rsa" + form, "-t", "rsa");
      String exported =
          TestKeys.said(folder, List.of("ssh-keygen", "-e", "-m", form, "-f", rsa + ".pub"));
      assertEquals(expected, refusal(exported.getBytes(), Optional.empty()), form);
    }
  }

  @Test
  void aCertificateIsRecognised() throws Exception {
    Path key = keys().make("key", "-t", "ed25519");
    Path certificate = keys().certify(key, keys().make("ca", "-t", "ed25519"), "-I", "me");
    assertEquals(
        "is a certificate, not a private key; give the private key, and this as the option"
            + " certificatePath",
        refusal(certificate));
  }

  @Test
  void aKeyThatIsCutOffOrDamagedIsRecognised() throws Exception {
    String key = Files.readString(keys().make("key", "-t", "ed25519"));
    assertEquals(
        "has a BEGIN, but not the END that belongs to it: it is cut off; copy it anew",
        refusal(key.substring(0, 200).getBytes(), Optional.empty()));
    String lessALine = key.replaceFirst("\\R[^-\\r\\n]+\\R-----END", "\n-----END");
    assertTrue(
        refusal(lessALine.getBytes(), Optional.empty()).startsWith("does not decode ("),
        () -> refusal(lessALine.getBytes(), Optional.empty()));
  }

  @TestFactory
  List<DynamicTest> whatIsNoKeyOfOursIsNamedWithTheNextStep() {
    return List.of(
        refused("", "is empty"),
        refused(" \n", "is empty"),
        refused(
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n",
            "is in PuTTY's form; convert it: puttygen key.ppk -O private-openssh -o key"),
        refused(
            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
            "is an X.509 certificate, not a private key; SSH has no use for it"),
        refused(
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n",
            "is in the form of ssh.com; convert it: ssh-keygen -i -f KEY"),
        refused(
            "\u00ff\u00fe-\0-\0-\0-\0-\0",
            "is UTF-16 text, as PowerShell's > writes it; write it anew as ASCII: Get-Content KEY |"
                + " Set-Content -Encoding ascii KEY2"),
        refused(
            "0\u0082\u0004\u00a4\u0002\u0001",
            "is binary (DER, or a PKCS#12 store); convert it to PEM: openssl pkey -inform DER -in"
                + " KEY, or openssl pkcs12 -nocerts -in KEY"),
        refused(
            "hello",
            "holds no private key; the file must begin with -----BEGIN OPENSSH PRIVATE KEY-----, or"
                + " another PRIVATE KEY of PEM"));
  }

  private static DynamicTest refused(String file, String message) {
    return DynamicTest.dynamicTest(
        message,
        () ->
            assertEquals(
                message,
                refusal(
                    file.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                    Optional.empty())));
  }

  @Test
  void textAroundTheKeyAndWindowsLineEndsDoNotMatter() throws Exception {
    String key = Files.readString(rewritten(keys().make("key", "-t", "rsa"), "pem", "-m", "PEM"));
    String decorated = "\ufeffBag Attributes: x\r\n" + key.replace("\n", "\r\n") + "trailer";
    requireSigns(KeyFile.decode(decorated.getBytes(), Optional.of(PASSPHRASE)));
  }
}
