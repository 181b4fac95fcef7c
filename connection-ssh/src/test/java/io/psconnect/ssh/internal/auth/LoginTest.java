package io.psconnect.ssh.internal.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ssh.OnRealSshd;
import io.psconnect.ssh.RealSshd;
import io.psconnect.ssh.SshOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnRealSshd
class LoginTest {
  private static final String PASSWORD = "sesame \u00e4\u20ac open";

  /** What sshd is told of, and nothing else. */
  private static final String NEXT =
      "Next: check the user's name, the password, and that the public key stands in the user's"
          + " authorized_keys (for administrators on Windows, in"
          + " %ProgramData%\\ssh\\administrators_authorized_keys)";

  @AutoClose private static RealSshd sshd;
  @AutoClose private static final LoginAttempts client = new LoginAttempts();

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    sshd =
        RealSshd.builder().password(PASSWORD).config("MaxAuthTries 4", "LoginGraceTime 20").start();
  }

  private TestKeys keys() {
    return new TestKeys(folder);
  }

  private SshOptions.Builder password(String password) {
    return sshd.strangerOptions().password(password.toCharArray());
  }

  private Path stranger(String name, String... keygen) throws Exception {
    return keys().make(name, keygen.length == 0 ? new String[] {"-t", "ed25519"} : keygen);
  }

  private String userKey() throws Exception {
    return named("private key " + sshd.userKey(), sshd.userKey(), "ssh-ed25519");
  }

  private String named(String source, Path key, String type) throws Exception {
    return "%s (%s %s)".formatted(source, type, keys().fingerprint(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t ed25519",
        "-t ed25519 -N secret -a 2 -Z chacha20-poly1305@openssh.com",
        "-t ecdsa -b 256 -m PKCS8",
        "-t ecdsa -b 384 -m PEM -N secret",
        "-t ecdsa -b 521",
        "-t rsa -m PEM",
        "-t rsa -m PKCS8 -N secret",
      })
  void aKeyLogsIn(String keygen) throws Exception {
    Path key = sshd.newUserKey(keygen.replaceAll("[^a-zA-Z0-9]", ""), keygen.split(" "));
    String account =
        client.logIn(sshd.strangerOptions().privateKeyPath(key).passphrase("secret".toCharArray()));
    assertTrue(account.startsWith("Tried private key " + key + " ("), account);
    assertTrue(account.endsWith("): accepted. The server takes publickey,password"), account);
  }

  @Test
  void theKeyGivenByItsBytesComesFirstThenTheOneByItsPath() throws Exception {
    Path first = stranger("first");
    String account = client.logIn(sshd.options().privateKey(Files.readAllBytes(first)));
    assertEquals(
        "Tried %s: refused; %s: accepted. The server takes publickey,password"
            .formatted(
                named("the private key given by its bytes", first, "ssh-ed25519"), userKey()),
        account);
  }

  @Test
  void aKeyComesBeforeThePassword() throws Exception {
    Path key = stranger("key");
    String account = client.logIn(password(PASSWORD).privateKeyPath(key));
    assertEquals(
        "Tried %s: refused; password: accepted. The server takes publickey,password"
            .formatted(named("private key " + key, key, "ssh-ed25519")),
        account);
  }

  @Test
  void aPasswordLogsIn() throws Exception {
    client.logIn(password(PASSWORD));
  }

  @Test
  void aWrongPasswordIsNamedAsWhatWasTried() {
    assertEquals(
        "user '%s' was not let in. Tried password: refused. The server takes publickey,password. "
                .formatted(sshd.user())
            + NEXT,
        client.refusal(password("wrong")));
  }

  @Test
  void aWrongKeyIsNamedWithItsFileAndFingerprint() throws Exception {
    Path key = stranger("key");
    assertEquals(
        "user '%s' was not let in. Tried %s: refused. The server takes publickey,password. "
                .formatted(sshd.user(), named("private key " + key, key, "ssh-ed25519"))
            + NEXT,
        client.refusal(sshd.strangerOptions().privateKeyPath(key)));
  }

  @Test
  void aWrongUserIsNamed() {
    assertTrue(
        client
            .refusal(sshd.options().username("somebody-else"))
            .startsWith("user 'somebody-else' was not let in. Tried private key "));
  }

  @Test
  void keysOfTheConfigurationFileAreTriedAndThoseThatCannotBeAreNoted() throws Exception {
    Path missing = folder.resolve("missing");
    Path encrypted = stranger("encrypted", "-t", "ed25519", "-a", "1");
    Path locked = keys().rewritten(encrypted, "locked", "-N", "secret");
    String account = client.logIn(sshd.strangerOptions(), missing, locked, sshd.userKey());
    assertEquals(
        ("Tried %s: accepted. Not tried: private key %s does not exist; check the path; private key"
                + " %s is encrypted, and there is no passphrase; give it (option passphrase), or"
                + " load the key into an ssh-agent. The server takes publickey,password")
            .formatted(userKey(), missing, locked),
        account);
  }

  @Test
  void aCertificateBesideTheKeyLogsIn() throws Exception {
    Path key = sshd.newStrangeKey("certified", "-t", "ed25519");
    sshd.certify(key);
    client.logIn(sshd.strangerOptions().privateKeyPath(key));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa", "rsa"})
  void aCertificateInAFileOfItsOwnLogsIn(String type) throws Exception {
    Path key = sshd.newStrangeKey("apart-" + type, "-t", type);
    Path moved = Files.move(sshd.certify(key), folder.resolve("mine.pub"));
    client.logIn(sshd.strangerOptions().privateKeyPath(key).certificatePath(moved));
  }

  @Test
  void aCertificateThatHasExpiredIsNotedAndItsKeyTried() throws Exception {
    Path key = sshd.newUserKey("expired", "-t", "ed25519");
    sshd.certify(key, "-V", "20200101000000Z:20200102000000Z");
    assertEquals(
        ("Tried %s: accepted. Not tried: certificate beside private key %s, as it is valid from"
                + " 2020-01-01T00:00:00Z to 2020-01-02T00:00:00Z only. The server takes"
                + " publickey,password")
            .formatted(named("private key " + key, key, "ssh-ed25519"), key),
        client.logIn(sshd.strangerOptions().privateKeyPath(key)));
  }

  @Test
  void aCertificateOfAnotherKeyIsAnError() throws Exception {
    Path other = sshd.newStrangeKey("other", "-t", "ed25519");
    Path certificate = sshd.certify(other);
    assertEquals(
        ("certificate %s belongs to the key ssh-ed25519-cert-v01@openssh.com %s, and that is none"
                + " of the keys there are; give its private key (option privateKeyPath), or load it"
                + " into the ssh-agent")
            .formatted(certificate, keys().fingerprint(other)),
        client.refusal(sshd.options().certificatePath(certificate)));
  }

  @Test
  void aCertificateOfAHostIsAnError() throws Exception {
    Path key = stranger("key");
    Path certificate =
        keys().certify(key, keys().make("ca", "-t", "ed25519"), "-h", "-I", "a host");
    assertEquals(
        ("certificate %s is a certificate for a host, not for a user; have one written without the"
                + " -h of ssh-keygen")
            .formatted(certificate),
        client.refusal(sshd.options().certificatePath(certificate)));
  }

  @Test
  void aFileThatIsNoCertificateIsAnError() throws Exception {
    Path key = stranger("key");
    assertEquals(
        ("certificate %s.pub is not an OpenSSH certificate; it must be a line such as"
                + " ssh-ed25519-cert-v01@openssh.com AAAA..., as ssh-keygen -s CA writes it to"
                + " KEY-cert.pub")
            .formatted(key),
        client.refusal(sshd.options().certificatePath(publicOf(key))));
  }

  @Test
  void nothingToLogInWithSaysWhatWouldHelp() {
    assertEquals(
        "there is nothing to log in with: no private key, no key in an ssh-agent (SSH_AUTH_SOCK is"
            + " not set), no password. Give a privateKeyPath, a privateKey or a password, or load a"
            + " key into an ssh-agent (ssh-add KEY)",
        client.refusal(sshd.strangerOptions()));
  }

  @Test
  void aKeyFileThatIsNotThereIsAnError() {
    assertEquals(
        "private key %s does not exist; check the path".formatted(folder.resolve("none")),
        client.refusal(password(PASSWORD).privateKeyPath(folder.resolve("none"))));
    assertEquals(
        "private key ~/.ssh/id_x does not exist; ~ means nothing here, so give the whole path",
        client.refusal(sshd.strangerOptions().privateKeyPath(Path.of("~/.ssh/id_x"))));
    assertEquals(
        "private key %s is a directory; give the file in it".formatted(folder),
        client.refusal(sshd.strangerOptions().privateKeyPath(folder)));
  }

  @Test
  void aKeyThatCannotBeUsedIsAnErrorThoughThereIsAPassword() throws Exception {
    Path ppk = Files.writeString(folder.resolve("key.ppk"), "PuTTY-User-Key-File-2: ssh-rsa\n");
    assertEquals(
        ("private key %s is in PuTTY's form; convert it: puttygen key.ppk -O private-openssh -o"
                + " key")
            .formatted(ppk),
        client.refusal(password(PASSWORD).privateKeyPath(ppk)));
    assertEquals(
        "the private key given by its bytes is a public key; give the private key, which is the"
            + " file without .pub",
        client.refusal(
            password(PASSWORD).privateKey(Files.readAllBytes(Path.of(sshd.userKey() + ".pub")))));
  }

  @Test
  void aServerThatWantsKeyAndPasswordGetsBoth() throws Exception {
    try (RealSshd both =
        RealSshd.builder()
            .password(PASSWORD)
            .config("AuthenticationMethods publickey,password")
            .start()) {
      client.logIn(both.options().password(PASSWORD.toCharArray()));
      String refusal = client.refusal(both.options());
      assertTrue(
          refusal.contains(": accepted, but the server wants more. The server takes password."),
          refusal);
    }
  }

  @Test
  void aServerThatTakesKeysAloneSaysSoToAPassword() {
    try (RealSshd keysOnly = RealSshd.builder().start()) {
      assertEquals(
          ("user '%s' was not let in. Nothing was tried. The server takes publickey. Next: give"
                  + " what the server takes: a private key (option privateKeyPath) for publickey, a"
                  + " password for password and keyboard-interactive")
              .formatted(keysOnly.user()),
          client.refusal(keysOnly.strangerOptions().password("any".toCharArray())));
    }
  }

  @Test
  void aServerThatAsksForThePasswordByPromptsGetsIt() throws Exception {
    try (RealSshd pam = RealSshd.builder().keyboardInteractive(PASSWORD).start()) {
      client.logIn(pam.strangerOptions().password(PASSWORD.toCharArray()));
      assertEquals(
          "user '%s' was not let in. Tried keyboard-interactive: refused. The server takes"
                  .formatted(pam.user())
              + " publickey,keyboard-interactive. "
              + NEXT,
          client.refusal(pam.strangerOptions().password("wrong".toCharArray())));
    }
  }

  @Test
  void keysOfTheAgentLogIn() throws Exception {
    for (String type : new String[] {"ed25519", "ecdsa", "rsa"}) {
      try (RealAgent agent = new RealAgent(Files.createDirectory(folder.resolve(type)))) {
        agent.load(sshd.newUserKey("agent-" + type, "-t", type));
        client.logIn(sshd.strangerOptions().agentSocket(agent.socket()));
      }
    }
  }

  @Test
  void certificatesOfTheAgentLogIn() throws Exception {
    for (String type : new String[] {"ed25519", "rsa"}) {
      try (RealAgent agent = new RealAgent(Files.createDirectory(folder.resolve(type)))) {
        Path key = sshd.newStrangeKey("agent-certified-" + type, "-t", type);
        sshd.certify(key);
        agent.load(key);
        client.logIn(sshd.strangerOptions().agentSocket(agent.socket()));
      }
    }
  }

  @Test
  void aCertificateGoesWithAKeyOfTheAgent() throws Exception {
    try (RealAgent agent = new RealAgent(folder)) {
      Path key = sshd.newStrangeKey("agent-apart", "-t", "rsa");
      agent.load(key);
      Path certificate = sshd.certify(key);
      client.logIn(sshd.strangerOptions().agentSocket(agent.socket()).certificatePath(certificate));
    }
  }

  @Test
  void aKeyThatTheAgentHoldsTooIsOfferedOnce() throws Exception {
    try (RealAgent agent = new RealAgent(folder)) {
      Path key = stranger("key");
      agent.load(key);
      assertEquals(
          "user '%s' was not let in. Tried %s: refused. The server takes publickey,password. "
                  .formatted(sshd.user(), named("private key " + key, key, "ssh-ed25519"))
              + NEXT,
          client.refusal(
              sshd.strangerOptions().privateKeyPath(key).agentSocket(agent.socket()), key));
    }
  }

  @Test
  void anAgentThatDoesNotSignCostsItsKeyAndNotTheLogin() throws Exception {
    Path key = sshd.newUserKey("agent-refusing", "-t", "ed25519");
    ByteArrayBuffer held = new ByteArrayBuffer();
    held.putByte((byte) 12);
    held.putInt(1);
    held.putBytes(Base64.getDecoder().decode(Files.readString(publicOf(key)).split(" ")[1]));
    held.putString("mine");
    ByteArrayBuffer answer = new ByteArrayBuffer();
    answer.putBytes(held.getCompactData());
    try (FakeAgent agent =
        new FakeAgent(folder, answer.getCompactData(), new byte[] {0, 0, 0, 1, 5})) {
      assertEquals(
          ("Tried password: accepted. Not tried: %s, as the agent did not sign: it refused (answer"
                  + " 5). The server takes publickey,password")
              .formatted(named("key 'mine' of the ssh-agent", key, "ssh-ed25519")),
          client.logIn(password(PASSWORD).agentSocket(agent.socket())));
    }
  }

  private static Path publicOf(Path key) {
    return Path.of(key + ".pub");
  }

  @Test
  void anAgentThatIsNotThereIsNoted() throws Exception {
    Path socket = folder.resolve("agent");
    assertEquals(
        ("Tried %s: accepted. Not tried: the keys of the ssh-agent at %s: No such file or"
                + " directory. The server takes publickey,password")
            .formatted(userKey(), socket),
        client.logIn(sshd.options().agentSocket(socket)));
  }

  @Test
  void aServerThatGivesUpOnTooManyKeysSaysToGiveTheRightOneAlone() throws Exception {
    Path[] strangers = new Path[6];
    for (int i = 0; i < strangers.length; i++) {
      strangers[i] = stranger("stranger" + i);
    }
    String refusal = client.refusal(sshd.strangerOptions(), strangers);
    assertTrue(
        refusal.endsWith(
            "Next: the server stops after so many tries; give the right key alone (option"
                + " privateKeyPath, and noAgent)"),
        refusal);
  }
}
