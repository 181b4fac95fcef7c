package io.psconnect.ssh.internal.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A configuration file of OpenSSH's client, see ssh_config(5), with the files it includes. The
 * first value that is found for a host wins. {@code Match} blocks are passed over, but for {@code
 * Match all}. Keywords that are not asked for may say anything.
 */
final class ConfigFile {
  private static final int MOST_NESTED = 16;

  private final List<Statement> statements = new ArrayList<>();

  /** A line, and the hosts it is for. */
  private record Statement(Predicate<String> hosts, ConfigLine line) {}

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is missing, unreadable or broken
   */
  static ConfigFile read(Path file) {
    ConfigFile config = new ConfigFile();
    config.add(file, host -> true, 0);
    return config;
  }

  /** One that says nothing. */
  static ConfigFile empty() {
    return new ConfigFile();
  }

  /** The lines of a keyword, given in lower case, that are for a host, in order. */
  Stream<ConfigLine> lines(String host, String keyword) {
    return statements.stream()
        .filter(each -> each.line.keyword().equals(keyword) && each.hosts.test(host))
        .map(Statement::line);
  }

  /** The line that wins. */
  Optional<ConfigLine> first(String host, String keyword) {
    return lines(host, keyword).findFirst();
  }

  private void add(Path file, Predicate<String> includedFor, int depth) {
    Predicate<String> hosts = includedFor;
    int number = 0;
    for (String text : content(file)) {
      Optional<ConfigLine> parsed = ConfigLine.parse(file, ++number, text);
      if (parsed.isEmpty()) {
        continue;
      }
      ConfigLine line = parsed.get();
      switch (line.keyword()) {
        case "host" -> hosts = includedFor.and(new HostPatterns(line.values())::match);
        case "match" -> hosts = line.values().equals(List.of("all")) ? includedFor : host -> false;
        case "include" -> include(line, hosts, depth + 1);
        default -> statements.add(new Statement(hosts, line));
      }
    }
  }

  private static List<String> content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "configuration file %s does not exist; name one that does, or none".formatted(file), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "configuration file %s cannot be read: %s".formatted(file, e), e);
    }
  }

  private void include(ConfigLine line, Predicate<String> hosts, int depth) {
    if (depth > MOST_NESTED) {
      throw line.broken("files are included more than %d deep".formatted(MOST_NESTED));
    }
    for (String pattern : line.values()) {
      for (Path file : included(pattern, line)) {
        add(file, hosts, depth);
      }
    }
  }

  private static List<Path> included(String pattern, ConfigLine line) {
    try {
      return Glob.files(Home.ssh().resolve(Home.expand(pattern)));
    } catch (IllegalArgumentException e) {
      throw line.broken("'%s' is not a path with wildcards".formatted(pattern));
    }
  }
}
