package io.psconnect.local.internal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for PowerShell: a path as it is, a name on PATH. Remembers where it looked. */
final class PowerShellSearch {
  /** The newest first: pwsh is PowerShell 7, the others are Windows PowerShell 5.1. */
  static final List<String> DEFAULT_NAMES = List.of("pwsh", "powershell.exe", "powershell");

  private final List<Path> folders;
  private final List<String> suffixes;
  private final List<String> tried = new ArrayList<>();

  /**
   * @param path the value of PATH
   * @param windows whether programs may be named without {@code .exe}
   */
  PowerShellSearch(String path, boolean windows) {
    folders =
        Stream.of(path.split(File.pathSeparator))
            .filter(folder -> !folder.isBlank())
            .flatMap(PowerShellSearch::folder)
            .toList();
    suffixes = windows ? List.of("", ".exe") : List.of("");
  }

  /** PATH may hold anything; what is no path holds no program. */
  private static Stream<Path> folder(String text) {
    try {
      return Stream.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Stream.of();
    }
  }

  /** The first program among paths and names. */
  Optional<Path> first(List<String> pathsOrNames) {
    return pathsOrNames.stream().flatMap(name -> find(name).stream()).findFirst();
  }

  private Optional<Path> find(String pathOrName) {
    if (pathOrName.contains("/") || pathOrName.contains(File.separator)) {
      return program(pathOrName);
    }
    Optional<Path> found =
        folders.stream()
            .flatMap(folder -> suffixes.stream().map(suffix -> folder.resolve(pathOrName + suffix)))
            .filter(PowerShellSearch::isProgram)
            .findFirst();
    if (found.isEmpty()) {
      tried.add("%s on PATH".formatted(pathOrName));
    }
    return found;
  }

  private Optional<Path> program(String text) {
    Path path = Path.of(text).toAbsolutePath();
    if (isProgram(path)) {
      return Optional.of(path);
    }
    tried.add("%s (%s)".formatted(path, whyNot(path)));
    return Optional.empty();
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private static String whyNot(Path path) {
    if (!Files.exists(path)) {
      return "does not exist";
    }
    return Files.isDirectory(path) ? "is a directory" : "is not executable";
  }

  /** Where nothing was found, for a message. */
  String tried() {
    return String.join(", ", tried);
  }
}
