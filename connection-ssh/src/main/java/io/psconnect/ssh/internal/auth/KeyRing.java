package io.psconnect.ssh.internal.auth;

import io.psconnect.spi.Deadline;
import io.psconnect.ssh.internal.trust.CertificateTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.UnsupportedSshPublicKey;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Gathers the keys that a server is offered, in their order, each once, a certificate before its
 * key. What the caller named itself has to be usable; what is found elsewhere is passed over with a
 * note.
 */
final class KeyRing {
  /** No agent needs longer to tell what it holds. */
  private static final Duration AGENT_PATIENCE = Duration.ofSeconds(2);

  /** Some agents ask their user before they sign. */
  private static final Duration SIGNING_PATIENCE = Duration.ofMinutes(1);

  private static final int LARGEST_FILE = 128 * 1024;

  private final Optional<char[]> passphrase;
  private final List<Offer> offers = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<ByteBuffer> seen = new HashSet<>();
  private Optional<NamedCertificate> named = Optional.empty();

  private record NamedCertificate(Path file, OpenSshCertificate certificate) {}

  KeyRing(Optional<char[]> passphrase) {
    this.passphrase = passphrase;
  }

  List<Offer> offers() {
    return offers;
  }

  List<String> notes() {
    return notes;
  }

  /** The certificate that goes with one of the keys that are still to be added. */
  void addCertificate(Path file) throws UnusableCredentialException {
    byte[] content = read("certificate " + file, file);
    named = Optional.of(new NamedCertificate(file, certificate("certificate " + file, content)));
  }

  private static OpenSshCertificate certificate(String source, byte[] content)
      throws UnusableCredentialException {
    try {
      return CertificateFile.decode(content);
    } catch (UnusableCredentialException e) {
      throw of(source, e);
    }
  }

  void addKey(byte[] file) throws UnusableCredentialException {
    String source = "the private key given by its bytes";
    add(source, decode(source, file), Optional.empty());
  }

  void addKey(Path file) throws UnusableCredentialException {
    String source = "private key " + file;
    byte[] content = read(source, file);
    try {
      add(source, decode(source, content), beside(file));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** As {@link #addKey}, but what cannot be used is noted, as it is a file for others too. */
  void addKeyIfUsable(Path file) {
    try {
      addKey(file);
    } catch (UnusableCredentialException e) {
      notes.add(e.getMessage());
    }
  }

  private KeyPair decode(String source, byte[] file) throws UnusableCredentialException {
    try {
      return KeyFile.decode(file, passphrase);
    } catch (UnusableCredentialException e) {
      throw of(source, e);
    }
  }

  private static UnusableCredentialException of(String source, UnusableCredentialException e) {
    return new UnusableCredentialException(source + " " + e.getMessage());
  }

  private static byte[] read(String source, Path file) throws UnusableCredentialException {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new UnusableCredentialException(
            "%s has %d bytes, which is too much for a key; give the key's own file"
                .formatted(source, Files.size(file)));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnusableCredentialException(source + " " + unreadable(file, e));
    }
  }

  private static String unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return file.startsWith("~")
          ? "does not exist; ~ means nothing here, so give the whole path"
          : "does not exist; check the path";
    }
    if (e instanceof AccessDeniedException) {
      return "cannot be read: access is denied; let the user of this process read it";
    }
    return Files.isDirectory(file)
        ? "is a directory; give the file in it"
        : "cannot be read (%s); check the file".formatted(e.getMessage());
  }

  /** The certificate in the file beside a key's; one that is of no use is noted. */
  private Optional<OpenSshCertificate> beside(Path file) {
    Path certificate = file.resolveSibling(file.getFileName() + "-cert.pub");
    if (!Files.exists(certificate)) {
      return Optional.empty();
    }
    String source = "certificate " + certificate;
    try {
      return Optional.of(certificate(source, read(source, certificate)));
    } catch (UnusableCredentialException e) {
      notes.add(e.getMessage());
      return Optional.empty();
    }
  }

  private void add(String source, KeyPair pair, Optional<OpenSshCertificate> beside) {
    PublicKey key = pair.getPublic();
    PrivateKey secret = pair.getPrivate();
    beside.ifPresent(
        certificate -> offerOwn("certificate beside " + source, certificate, key, secret));
    offer(key, offered -> Offer.ofKey(source, offered, secret));
  }

  private void offerOwn(
      String source, OpenSshCertificate certificate, PublicKey key, PrivateKey secret) {
    if (KeyUtils.compareKeys(certificate.getCertPubKey(), key)) {
      offerOnce(certificate, source, offered -> Offer.ofKey(source, offered, secret));
    } else {
      notes.add(source + ", as it belongs to another key");
    }
  }

  /** Offers a key, after the certificate that the caller named if that is the key's. */
  private void offer(PublicKey key, Function<PublicKey, Offer> offer) {
    named
        .filter(ours -> KeyUtils.compareKeys(ours.certificate().getCertPubKey(), key))
        .ifPresent(ours -> offerOnce(ours.certificate(), "certificate " + ours.file(), offer));
    offerOnce(key, "key", offer);
  }

  private void offerOnce(PublicKey key, String source, Function<PublicKey, Offer> offer) {
    Optional<String> outOfTime =
        key instanceof OpenSshCertificate ours ? CertificateTime.flaw(ours) : Optional.empty();
    if (!seen.add(ByteBuffer.wrap(blob(key)))) {
      return;
    }
    outOfTime.ifPresentOrElse(
        reason -> notes.add("%s, as %s".formatted(source, reason)),
        () -> offers.add(offer.apply(key)));
  }

  private static byte[] blob(PublicKey key) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return buffer.getCompactData();
  }

  /** Adds what an agent holds, certificates first. One that is not there is noted. */
  void addAgent(Path socket, Deadline deadline) {
    KeyAgent agent = new KeyAgent(socket);
    try {
      agent.identities(within(AGENT_PATIENCE, deadline)).stream()
          .sorted(Comparator.comparing(identity -> !isCertificate(identity)))
          .forEach(identity -> addAgentKey(agent, identity, within(SIGNING_PATIENCE, deadline)));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      notes.add("the keys of the ssh-agent at %s: %s".formatted(socket, e.getMessage()));
    }
  }

  private static Deadline within(Duration patience, Deadline deadline) {
    long left = Math.min(patience.toNanos(), Math.max(1, deadline.remainingNanos()));
    return Deadline.after(Duration.ofNanos(left));
  }

  private static boolean isCertificate(KeyAgent.Identity identity) {
    return new ByteArrayBuffer(identity.blob()).getString().contains("-cert-");
  }

  private void addAgentKey(KeyAgent agent, KeyAgent.Identity identity, Deadline deadline) {
    String source = "key '%s' of the ssh-agent".formatted(identity.comment());
    try {
      PublicKey key = new ByteArrayBuffer(identity.blob()).getRawPublicKey();
      if (key instanceof UnsupportedSshPublicKey) {
        notes.add("%s, as its type is not supported".formatted(source));
      } else {
        offer(key, offered -> Offer.ofAgent(source, offered, agent, identity.blob(), deadline));
      }
    } catch (SshException | RuntimeException e) {
      notes.add("%s, as its type is not supported".formatted(source));
    }
  }

  /** To be called at the end: the certificate that was named must have found its key. */
  void requireKeyOfCertificate() throws UnusableCredentialException {
    if (named.isPresent() && !seen.contains(ByteBuffer.wrap(blob(named.get().certificate())))) {
      throw new UnusableCredentialException(
          "certificate %s belongs to the key %s, and that is none of the keys there are; give its"
                  .formatted(named.get().file(), Offer.description(named.get().certificate()))
              + " private key (option privateKeyPath), or load it into the ssh-agent");
    }
  }
}
