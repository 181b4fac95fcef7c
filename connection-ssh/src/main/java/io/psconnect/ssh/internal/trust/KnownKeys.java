package io.psconnect.ssh.internal.trust;

import io.psconnect.ssh.internal.route.Hop;
import io.psconnect.ssh.internal.trust.KnownHost.Marker;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.OpenSshCertificate;

/**
 * Takes keys that stand in files of known hosts. As in OpenSSH, a host at another port than 22 is
 * looked up as {@code [host]:port} first, and as {@code host} if there is no such line; the address
 * plays no part. Unlike there, a key that is revoked by either name is refused.
 */
final class KnownKeys implements Trust {
  private static final int USUAL_PORT = 22;

  private final Hop hop;
  private final KnownHostsFiles files;
  private final List<KnownHost> exact;
  private final List<KnownHost> withoutPort;
  private final KnownHostsAdvice advice;

  KnownKeys(Hop hop, KnownHostsFiles files) {
    this.hop = hop;
    this.files = files;
    this.exact = files.of(lookUpName(hop));
    this.withoutPort = files.of(hop.host());
    this.advice = new KnownHostsAdvice(hop);
  }

  static String lookUpName(Hop hop) {
    return hop.port() == USUAL_PORT ? hop.host() : "[%s]:%d".formatted(hop.host(), hop.port());
  }

  @Override
  public Optional<String> refusal(PublicKey shown) {
    return shown instanceof OpenSshCertificate certificate
        ? refusal(new HostCertificate(certificate))
        : refusal(HostKey.of(shown), "");
  }

  /** A certificate that does not hold is not the end: its key may be known by itself. */
  private Optional<String> refusal(HostCertificate certificate) {
    Optional<KnownHost> revoked = revoked(certificate.authority());
    if (revoked.isPresent()) {
      return Optional.of(advice.revoked(certificate.authority(), revoked.get()));
    }
    HostKey key = HostKey.of(certificate.key());
    Optional<KnownHost> authority = find(Marker.AUTHORITY, certificate.authority());
    Optional<String> flaw =
        authority.isEmpty()
            ? Optional.of(
                "its authority, %s, is not known for this host".formatted(certificate.authority()))
            : certificate.flaw(hop.host());
    return flaw.isEmpty()
        ? revoked(key).map(line -> advice.revoked(key, line))
        : refusal(key, ". Its %s is not taken: %s".formatted(certificate, flaw.get()));
  }

  private Optional<String> refusal(HostKey key, String addition) {
    Optional<KnownHost> revoked = revoked(key);
    if (revoked.isPresent()) {
      return Optional.of(advice.revoked(key, revoked.get()));
    }
    if (find(Marker.NONE, key).isPresent()) {
      return Optional.empty();
    }
    List<KnownHost> others = lines(Marker.NONE);
    return Optional.of(
        (others.isEmpty()
                ? advice.unknown(key, files.broken())
                : advice.changed(key, others, nameOf(others.get(0))))
            + addition);
  }

  private String nameOf(KnownHost line) {
    return exact.contains(line) ? lookUpName(hop) : hop.host();
  }

  private Optional<KnownHost> revoked(HostKey key) {
    return Stream.concat(exact.stream(), withoutPort.stream())
        .filter(line -> line.marker() == Marker.REVOKED && line.key().equals(key))
        .findFirst();
  }

  private Optional<KnownHost> find(Marker marker, HostKey key) {
    return lines(marker).stream().filter(line -> line.key().equals(key)).findFirst();
  }

  private List<KnownHost> lines(Marker marker) {
    List<KnownHost> found = marked(exact, marker);
    return found.isEmpty() ? marked(withoutPort, marker) : found;
  }

  private static List<KnownHost> marked(List<KnownHost> lines, Marker marker) {
    return lines.stream().filter(line -> line.marker() == marker).toList();
  }

  /** Certificates of known keys too: what they say of their authority may be that it is revoked. */
  @Override
  public boolean expects(HostKeyAlgorithm algorithm) {
    return knownTypes().contains(algorithm.keyType())
        || algorithm.isCertificate() && !lines(Marker.AUTHORITY).isEmpty();
  }

  private Set<String> knownTypes() {
    return lines(Marker.NONE).stream().map(line -> line.key().type()).collect(Collectors.toSet());
  }

  /** A revoked authority shows in certificates only. */
  @Override
  public boolean readsCertificates() {
    return !lines(Marker.AUTHORITY).isEmpty() || !lines(Marker.REVOKED).isEmpty();
  }
}
