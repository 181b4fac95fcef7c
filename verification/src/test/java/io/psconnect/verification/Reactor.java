package io.psconnect.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules of the build that these tests are a part of, as the root {@code pom.xml} says. */
final class Reactor {
  private static final Path ROOT = Path.of(System.getProperty("psconnect.root"));

  private Reactor() {}

  static Path root() {
    return ROOT;
  }

  static XmlFile pom() {
    return XmlFile.read(ROOT.resolve("pom.xml"));
  }

  /** The folder of each module. */
  static Stream<Path> modules() {
    return pom().texts("/project/modules/module").map(ROOT::resolve);
  }

  /** What has a module descriptor is published. */
  static List<PublishedModule> published() {
    return modules()
        .filter(folder -> Files.exists(folder.resolve("src/main/java/module-info.java")))
        .map(folder -> new PublishedModule(folder, pom().version()))
        .toList();
  }

  static PublishedModule published(String artifact) {
    return published().stream()
        .filter(module -> module.artifact().equals(artifact))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no published module " + artifact));
  }

  /** The folders of the test reports of every module that has run its tests. */
  static Stream<Path> testReports() {
    return modules()
        .map(folder -> folder.resolve("target/surefire-reports"))
        .filter(Files::isDirectory);
  }

  static List<Path> filesUnder(Path folder, String suffix) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
