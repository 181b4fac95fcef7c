package io.psconnect.ssh.internal.route;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A path with wildcards in any of its parts, as {@code Include} has it. */
final class Glob {
  private Glob() {}

  /** The files there are, sorted; nothing if there is none, as OpenSSH has it. */
  static List<Path> files(Path pattern) {
    List<Path> found = List.of(pattern.getRoot());
    for (Path part : pattern) {
      List<Path> deeper = new ArrayList<>();
      found.forEach(folder -> deeper.addAll(inside(folder, part.toString())));
      found = deeper;
    }
    return found.stream().filter(Files::isRegularFile).sorted().toList();
  }

  private static List<Path> inside(Path folder, String part) {
    if (part.chars().noneMatch(each -> "*?[".indexOf(each) >= 0)) {
      return List.of(folder.resolve(part));
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, part)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    found.removeIf(entry -> isHidden(entry) && !part.startsWith("."));
    return found;
  }

  private static boolean isHidden(Path entry) {
    return entry.getFileName().toString().startsWith(".");
  }
}
