package io.psconnect.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The PowerShell that a shell of this machine would find. */
final class PowerShellOnPath {
  private static final List<String> NAMES = List.of("pwsh", "pwsh.exe", "powershell.exe");

  private PowerShellOnPath() {}

  /** The first of the names that any folder has, as the backend {@code local} looks for them. */
  static Optional<Path> find(String pathVariable) {
    return NAMES.stream().flatMap(name -> inFolders(pathVariable, name)).findFirst();
  }

  private static Stream<Path> inFolders(String pathVariable, String name) {
    return Stream.of(pathVariable.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
