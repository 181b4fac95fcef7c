package io.psconnect.ssh.internal.trust;

import io.psconnect.ssh.internal.trust.KnownHost.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in files of known hosts. Lines that cannot be read are passed over, and remembered.
 */
final class KnownHostsFiles {
  private final List<KnownHost> lines = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();

  KnownHostsFiles(List<Path> files) throws IOException {
    for (Path file : files) {
      read(file);
    }
  }

  private void read(Path file) throws IOException {
    int number = 0;
    for (String text : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
      add(new Place(file, ++number), text);
    }
  }

  private void add(Place place, String text) {
    try {
      KnownHost.parse(place, text).ifPresent(lines::add);
    } catch (IllegalArgumentException e) {
      broken.add("%s cannot be read: %s".formatted(place, e.getMessage()));
    }
  }

  /** The lines for a host, given as {@link HostNames#match} wants it. */
  List<KnownHost> of(String host) {
    return lines.stream().filter(line -> line.hosts().match(host)).toList();
  }

  /** Each line that could not be read, with its place and the reason. */
  List<String> broken() {
    return broken;
  }
}
