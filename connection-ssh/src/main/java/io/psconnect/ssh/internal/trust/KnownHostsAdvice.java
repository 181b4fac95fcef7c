package io.psconnect.ssh.internal.trust;

import io.psconnect.ssh.internal.route.Hop;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person is told when a key does not stand in known_hosts as it should. */
record KnownHostsAdvice(Hop hop) {

  String unreadable(IOException failure) {
    return failure instanceof NoSuchFileException ? missing() : cannotRead(failure);
  }

  private String missing() {
    return "host key of %s cannot be checked: %s. %s"
        .formatted(
            hop.place(),
            hop.knownHosts().isEmpty()
                ? "no file of known hosts is named"
                : "there is no file " + fileNames(),
            add());
  }

  private String cannotRead(IOException failure) {
    return "host key of %s cannot be checked: the file of known hosts cannot be read: %s"
        .formatted(hop.place(), failure);
  }

  String unknown(HostKey key, List<String> brokenLines) {
    return "host key of %s is not known: got %s, and no key for %s stands in %s%s. %s"
        .formatted(hop.place(), key, names(), fileNames(), broken(brokenLines), add());
  }

  private String names() {
    return Stream.of(KnownKeys.lookUpName(hop), hop.host())
        .distinct()
        .map("'%s'"::formatted)
        .collect(Collectors.joining(" or "));
  }

  private static String broken(List<String> lines) {
    return lines.isEmpty() ? "" : " (" + String.join("; ", lines) + ")";
  }

  String changed(HostKey key, List<KnownHost> known, String name) {
    return "host key of %s has changed: expected %s; got %s. %s"
        .formatted(
            hop.place(),
            known.stream()
                .map(line -> "%s (%s)".formatted(line.key(), line.place()))
                .collect(Collectors.joining(" or ")),
            key,
            replace(name, known.get(0).place().file()));
  }

  private String replace(String name, Path file) {
    return ("Somebody may stand between you and the host (an attack), or it was reinstalled. If you"
            + " learn that its key is the new one: %s, then %s")
        .formatted("ssh-keygen -R '%s' -f '%s'".formatted(name, file), scan());
  }

  String revoked(HostKey key, KnownHost line) {
    return ("host key of %s is revoked: %s is marked @revoked in %s. Somebody may have stolen it and"
            + " stand in for the host: ask who runs it for its new key")
        .formatted(hop.place(), key, line.place());
  }

  private String add() {
    return ("To add it: %s, and compare the fingerprint with the host's own (ssh-keygen -lf"
            + " /etc/ssh/ssh_host_*_key.pub, there) before you trust it")
        .formatted(scan());
  }

  private String scan() {
    return "ssh-keyscan %s-H %s >> '%s'"
        .formatted(hop.port() == 22 ? "" : "-p " + hop.port() + " ", hop.host(), file());
  }

  private Path file() {
    return hop.knownHosts().isEmpty() ? Path.of("known_hosts") : hop.knownHosts().get(0);
  }

  private String fileNames() {
    return hop.knownHosts().stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
