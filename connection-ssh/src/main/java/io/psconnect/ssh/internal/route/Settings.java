package io.psconnect.ssh.internal.route;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What a configuration file says of one host. Values that are given here win over it. */
final class Settings {
  private final ConfigFile config;
  private final String name;
  private final OptionalInt givenPort;
  private final Optional<String> givenUser;

  Settings(ConfigFile config, JumpHost host) {
    this.config = config;
    this.name = host.host();
    this.givenPort = host.port();
    this.givenUser = host.user();
  }

  Hop hop(List<Path> givenKnownHosts) {
    return new Hop(
        name,
        hostName(),
        port(),
        user(),
        identityFiles(),
        givenKnownHosts.isEmpty() ? knownHosts() : givenKnownHosts);
  }

  private String hostName() {
    return config
        .first(name, "hostname")
        .map(line -> new Tokens(Map.of("h", name)).expand(line.value(), line))
        .orElse(name)
        .toLowerCase(Locale.ROOT);
  }

  private int port() {
    return givenPort.orElseGet(
        () -> config.first(name, "port").map(Settings::port).orElse(Ports.DEFAULT));
  }

  static int port(ConfigLine line) {
    try {
      return Ports.parse(line.value());
    } catch (IllegalArgumentException e) {
      throw line.broken(e.getMessage());
    }
  }

  private String user() {
    return givenUser
        .or(() -> config.first(name, "user").map(ConfigLine::value))
        .orElseGet(Settings::localUser);
  }

  private static String localUser() {
    return System.getProperty("user.name");
  }

  private List<Path> identityFiles() {
    return config
        .lines(name, "identityfile")
        .filter(line -> !line.value().equalsIgnoreCase("none"))
        .map(line -> path(line.value(), line))
        .distinct()
        .toList();
  }

  private List<Path> knownHosts() {
    return config
        .first(name, "userknownhostsfile")
        .map(this::knownHosts)
        .orElse(List.of(Home.ssh().resolve("known_hosts")));
  }

  private List<Path> knownHosts(ConfigLine line) {
    return line.values().equals(List.of("none"))
        ? List.of()
        : line.values().stream().map(value -> path(value, line)).toList();
  }

  private Path path(String value, ConfigLine line) {
    try {
      return Path.of(tokens().expandWithVariables(Home.expand(value), line));
    } catch (InvalidPathException e) {
      throw line.broken("'%s' is not a path: %s".formatted(value, e.getReason()));
    }
  }

  private Tokens tokens() {
    return new Tokens(
        Map.of(
            "d", Home.folder(),
            "h", hostName(),
            "n", name,
            "p", String.valueOf(port()),
            "r", user(),
            "u", localUser()));
  }

  /** The hosts on the way to this one. */
  List<JumpHost> jumpHosts() {
    return config.first(name, "proxyjump").map(this::jumpHosts).orElse(List.of());
  }

  private List<JumpHost> jumpHosts(ConfigLine line) {
    Tokens known =
        new Tokens(Map.of("h", hostName(), "n", name, "p", String.valueOf(port()), "r", user()));
    return parsed(line).stream().map(jump -> jump.with(text -> known.expand(text, line))).toList();
  }

  private static List<JumpHost> parsed(ConfigLine line) {
    try {
      return JumpHost.list(line.value());
    } catch (IllegalArgumentException e) {
      throw line.broken(e.getMessage());
    }
  }
}
