package io.psconnect.ssh.internal.trust;

import io.psconnect.Origin;
import io.psconnect.UnreachableException;
import io.psconnect.ssh.SshOptions;
import io.psconnect.ssh.internal.route.Hop;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/**
 * Decides whether the key that a host shows is the host's. Made for one hop; safe for use by
 * several threads.
 */
public final class HostKeyPolicy implements ServerKeyVerifier, SessionListener {
  private final Trust trust;
  private volatile String refusal;

  HostKeyPolicy(Trust trust) {
    this.trust = trust;
  }

  /**
   * Reads the files of known hosts, unless keys are pinned or any is taken.
   *
   * @param options how host keys are checked
   * @param hop whose key is checked
   * @param origin what the exception says of where it happened
   * @return the policy
   * @throws UnreachableException if none of the files exists, or one cannot be read
   */
  public static HostKeyPolicy of(SshOptions options, Hop hop, Origin origin)
      throws UnreachableException {
    try {
      return new HostKeyPolicy(trust(options, hop));
    } catch (IOException e) {
      throw new UnreachableException(origin, new KnownHostsAdvice(hop).unreadable(e), e);
    }
  }

  private static Trust trust(SshOptions options, Hop hop) throws IOException {
    if (options.acceptsAnyHostKey()) {
      return new AnyKey();
    }
    return options.hostKeyFingerprints().isEmpty()
        ? known(hop)
        : new PinnedKeys(hop.place(), options.hostKeyFingerprints());
  }

  /** A file may be missing as long as there is another one. */
  private static Trust known(Hop hop) throws IOException {
    List<Path> files = hop.knownHosts().stream().filter(Files::exists).toList();
    if (files.isEmpty()) {
      throw new NoSuchFileException(hop.knownHosts().toString());
    }
    return new KnownKeys(hop, new KnownHostsFiles(files));
  }

  /**
   * Makes a session follow this policy: what it offers, and what it takes. To be called from a
   * {@link SessionListener#sessionCreated} of the client's, before the session says anything.
   *
   * @param session with this policy's hop
   */
  public void prepare(ClientSession session) {
    session.setServerKeyVerifier(this);
    session.setKeyExchangeFactories(LenientKeyExchange.of(session.getKeyExchangeFactories()));
    session.addSessionListener(this);
  }

  /** Offers the algorithms of the keys that are expected, before all others. */
  @Override
  public void sessionNegotiationOptionsCreated(
      Session session, Map<KexProposalOption, String> proposal) {
    proposal.computeIfPresent(
        KexProposalOption.SERVERKEYS,
        (option, names) -> String.join(",", algorithms(Arrays.asList(names.split(",")))));
  }

  /**
   * Orders host key algorithms as this policy wants them, and leaves out what it cannot use.
   *
   * @param supported the names of all there are, the preferred first
   * @return those to offer
   */
  public List<String> algorithms(List<String> supported) {
    return supported.stream()
        .map(HostKeyAlgorithm::new)
        .filter(each -> !each.isObsolete() && (trust.readsCertificates() || !each.isCertificate()))
        .sorted(Comparator.comparing(each -> !trust.expects(each)))
        .map(HostKeyAlgorithm::name)
        .collect(Collectors.toList());
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
    Optional<String> reason = trust.refusal(key);
    reason.ifPresent(text -> refusal = text);
    return reason.isEmpty();
  }

  /**
   * Why a key was refused.
   *
   * @return a whole message: what was expected, what came, what to do; empty if none was
   */
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }
}
