package io.psconnect.ssh.internal.auth;

import io.psconnect.AuthenticationException;
import io.psconnect.Origin;
import io.psconnect.spi.Deadline;
import io.psconnect.ssh.SshOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.signature.BuiltinSignatures;

/**
 * Who a connection is to its servers: the keys and the password of its options. Copies of the
 * secrets, which closing wipes; keys are decoded anew for each session, and let go of after it has
 * logged in. Safe for use by several threads.
 *
 * <p>What cannot be wiped, as MINA and the JDK keep it in objects of their own until the garbage
 * collector takes them: a decoded private key, and the passphrase of an encrypted key in OpenSSH's
 * form (a String).
 */
public final class Credentials implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final byte[] privateKey;
  private final char[] passphrase;
  private final char[] password;
  private final Optional<Path> privateKeyPath;
  private final Optional<Path> certificatePath;
  private final Optional<Path> agentSocket;
  private boolean closed;

  private Credentials(SshOptions options) {
    privateKey = options.privateKey().orElse(null);
    passphrase = options.passphrase().orElse(null);
    password = options.password().orElse(null);
    privateKeyPath = options.privateKeyPath();
    certificatePath = options.certificatePath();
    agentSocket = options.agentSocket();
  }

  /**
   * Copies the secrets.
   *
   * @param options the connection's
   * @return the credentials, which the connection closes
   */
  public static Credentials of(SshOptions options) {
    return new Credentials(options);
  }

  /**
   * Makes a client's sessions log in by {@link #prepare}, and in no other way; and teaches MINA
   * Ed25519.
   *
   * @param client not yet started
   */
  public static void install(SshClient client) {
    Ed25519.register();
    client.setSignatureFactories(
        ClientBuilder.setUpDefaultSignatureFactories(false).stream()
            .filter(factory -> !factory.getName().equals(BuiltinSignatures.rsa.getName()))
            .toList());
    AuthMethods.install(client);
  }

  /**
   * Gives a session what it is to log in with. Reads the files and asks the agent.
   *
   * @param session connected, and not yet logged in; of a client that was {@linkplain #install
   *     prepared}
   * @param identityFiles those of the configuration file, which may be missing
   * @param withPassword whether the password may be sent to it: it is for the host alone, not for
   *     those on the way
   * @param origin where errors say they happened
   * @param deadline by which the agent has to have answered
   * @return what came of it, to be closed when the session has logged in, or has not
   * @throws AuthenticationException if there is nothing to log in with, or what the caller named
   *     cannot be used
   * @throws IllegalStateException if this is closed
   */
  public Login prepare(
      ClientSession session,
      List<Path> identityFiles,
      boolean withPassword,
      Origin origin,
      Deadline deadline)
      throws AuthenticationException {
    KeyRing keys = gather(identityFiles, origin, deadline);
    boolean password = withPassword && hasPassword();
    if (keys.offers().isEmpty() && !password) {
      throw nothing(origin, keys.notes());
    }
    Login login =
        new Login(origin, session.getUsername(), this, keys.offers(), password, keys.notes());
    login.attach(session);
    return login;
  }

  private KeyRing gather(List<Path> identityFiles, Origin origin, Deadline deadline)
      throws AuthenticationException {
    Optional<byte[]> key = copy(privateKey);
    Optional<char[]> secret = copy(passphrase);
    try {
      return gather(key, secret, identityFiles, deadline);
    } catch (UnusableCredentialException e) {
      throw new AuthenticationException(origin, e.getMessage(), null);
    } finally {
      key.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
      secret.ifPresent(chars -> Arrays.fill(chars, '\0'));
    }
  }

  private KeyRing gather(
      Optional<byte[]> key, Optional<char[]> secret, List<Path> identityFiles, Deadline deadline)
      throws UnusableCredentialException {
    KeyRing keys = new KeyRing(secret);
    if (certificatePath.isPresent()) {
      keys.addCertificate(certificatePath.get());
    }
    if (key.isPresent()) {
      keys.addKey(key.get());
    }
    if (privateKeyPath.isPresent()) {
      keys.addKey(privateKeyPath.get());
    }
    agentSocket.ifPresent(socket -> keys.addAgent(socket, deadline));
    identityFiles.forEach(keys::addKeyIfUsable);
    keys.requireKeyOfCertificate();
    return keys;
  }

  private AuthenticationException nothing(Origin origin, List<String> notes) {
    String tried = notes.isEmpty() ? "" : " Passed over: %s.".formatted(String.join("; ", notes));
    return new AuthenticationException(
        origin,
        "there is nothing to log in with: no private key, no key in an ssh-agent%s, no password.%s"
                .formatted(agentSocket.isPresent() ? "" : " (SSH_AUTH_SOCK is not set)", tried)
            + " Give a privateKeyPath, a privateKey or a password, or load a key into an ssh-agent"
            + " (ssh-add KEY)",
        null);
  }

  boolean hasPassword() {
    lock.lock();
    try {
      requireOpen();
      return password != null;
    } finally {
      lock.unlock();
    }
  }

  /** The password's bytes, which the caller wipes. */
  byte[] passwordUtf8() {
    lock.lock();
    try {
      requireOpen();
      return DekInfo.utf8(password);
    } finally {
      lock.unlock();
    }
  }

  private Optional<byte[]> copy(byte[] secret) {
    lock.lock();
    try {
      requireOpen();
      return Optional.ofNullable(secret).map(byte[]::clone);
    } finally {
      lock.unlock();
    }
  }

  private Optional<char[]> copy(char[] secret) {
    lock.lock();
    try {
      requireOpen();
      return Optional.ofNullable(secret).map(char[]::clone);
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the connection is closed, and its secrets are wiped");
    }
  }

  /** Wipes the secrets. Often is fine. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wipe(passphrase);
      wipe(password);
      if (privateKey != null) {
        Arrays.fill(privateKey, (byte) 0);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void wipe(char[] secret) {
    if (secret != null) {
      Arrays.fill(secret, '\0');
    }
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "Credentials[***]";
  }
}
