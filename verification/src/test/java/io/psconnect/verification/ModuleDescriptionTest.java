package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code jar --describe-module} says of each published jar is what was agreed to. After a
 * change that is meant: {@code ./mvnw verify -Dpsconnect.golden=write}, then read the difference.
 */
class ModuleDescriptionTest {
  private static final Path GOLDEN =
      Reactor.root().resolve("verification/src/test/resources/describe-module");

  @BeforeAll
  static void writeThemWhereAsked() throws IOException {
    if ("write".equals(System.getProperty("psconnect.golden"))) {
      for (PublishedModule module : published()) {
        Files.writeString(GOLDEN.resolve(module.artifact() + ".txt"), description(module));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("published")
  void moduleIsAsAgreed(PublishedModule module) throws IOException {
    Path golden = GOLDEN.resolve(module.artifact() + ".txt");

    assertEquals(
        Files.exists(golden) ? Files.readString(golden) : "",
        description(module),
        golden + " differs; if that is meant: ./mvnw verify -Dpsconnect.golden=write");
  }

  @Test
  void everyGoldenFileHasItsModule() {
    List<String> files =
        Reactor.filesUnder(GOLDEN, ".txt").stream().map(f -> f.getFileName().toString()).toList();

    assertEquals(published().stream().map(m -> m.artifact() + ".txt").sorted().toList(), files);
  }

  static List<PublishedModule> published() {
    return Reactor.published();
  }

  /** Without what differs from build to build, which is the version and where the jar is. */
  private static String description(PublishedModule module) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    int exit =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(writer, writer, "--describe-module", "--file", module.jar().toString());
    assertEquals(0, exit, out::toString);
    return out.toString()
        .strip()
        .lines()
        .map(line -> line.replaceFirst("^(\\S+)@\\S+ jar:file:\\S*.*$", "$1"))
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
