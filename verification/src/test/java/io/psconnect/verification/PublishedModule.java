package io.psconnect.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** A module of the build that is published, as built. */
record PublishedModule(Path folder, String version) {

  String artifact() {
    return folder.getFileName().toString();
  }

  Path classes() {
    return folder.resolve("target/classes");
  }

  Path jar() {
    return folder.resolve("target/%s-%s.jar".formatted(artifact(), version));
  }

  ModuleDescriptor descriptor() {
    try (InputStream file = Files.newInputStream(classes().resolve("module-info.class"))) {
      return ModuleDescriptor.read(file, this::packages);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> packages() {
    return Reactor.filesUnder(classes(), ".class").stream()
        .map(file -> classes().relativize(file).getParent())
        .filter(folder -> folder != null)
        .map(folder -> folder.toString().replace(folder.getFileSystem().getSeparator(), "."))
        .collect(Collectors.toSet());
  }

  /** The packages that anybody may use: those exported, and not to certain modules only. */
  Set<String> exportedPackages() {
    return descriptor().exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  boolean isBackend() {
    return descriptor().provides().stream()
        .anyMatch(provided -> provided.service().equals("io.psconnect.ConnectionProvider"));
  }
}
