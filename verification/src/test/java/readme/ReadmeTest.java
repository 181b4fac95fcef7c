package readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionProvider;
import io.psconnect.Connections;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README and the other documents show is what the build compiles. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("psconnect.root"));
  private static final Path README = ROOT.resolve("README.md");
  private static final Path SOURCES = ROOT.resolve("verification/src/test/java/readme");
  private static final Path APPLICATIONS =
      ROOT.resolve("verification/src/test/resources/applications");
  private static final Path BACKEND = ROOT.resolve("examples/overthere-backend/src/main/java");
  private static final Path TEST_KIT =
      ROOT.resolve("connection-testkit/src/main/java/module-info.java");
  private static final Path CONTRACT =
      TEST_KIT.resolveSibling("io/psconnect/testkit/contract/ConnectionContract.java");
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\\R(.*?)```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");

  @TempDir Path folder;

  static List<Path> documents() {
    Stream<Path> others = files(ROOT.resolve("docs"));
    return Stream.concat(Stream.of(README, ROOT.resolve("CONTRIBUTING.md")), others)
        .filter(file -> file.toString().endsWith(".md"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyJavaExampleIsAPieceOfAFileThatTheBuildCompiles(Path document) {
    for (String example : blocks("java", document)) {
      assertTrue(
          Stream.of(SOURCES, BACKEND)
              .flatMap(ReadmeTest::files)
              .anyMatch(file -> packed(text(file)).contains(packed(example))),
          () -> "in no file under %s or %s:%n%s".formatted(SOURCES, BACKEND, example));
    }
  }

  @Test
  void everyDocumentForDevelopersShowsJava() {
    for (String name : List.of("contract", "testing-without-windows", "writing-a-backend")) {
      assertFalse(blocks("java", ROOT.resolve("docs/" + name + ".md")).isEmpty(), name);
    }
    assertFalse(blocks("java", README).isEmpty());
  }

  @Test
  void theJavadocOfTheContractShowsTheSameExampleAsItsDocument() {
    String example = blocks("java", ROOT.resolve("docs/contract.md")).get(0);
    String javadoc = text(CONTRACT).replaceAll("(?m)^ \\* ?", "");
    assertTrue(packed(javadoc).contains(packed(example)), example);
  }

  @Test
  void theBackendOfTheDocumentHasLessThanTheLinesItSays() {
    String document = text(ROOT.resolve("docs/writing-a-backend.md"));
    int most = Integer.parseInt(first("less than (\\d+) lines", document));
    long lines = files(BACKEND).mapToLong(file -> text(file).lines().count()).sum();
    assertTrue(lines < most, () -> lines + " lines");
  }

  /** What tests bring themselves: named as {@code group:artifact:version}. */
  @Test
  void everyArtifactInTheDocumentsIsOneThatTheBuildUses() {
    List<MatchResult> artifacts =
        documents().stream()
            .flatMap(file -> all("`([\\w.]+):([\\w-]+):(\\d[\\w.]*)`", text(file)).stream())
            .toList();
    assertFalse(artifacts.isEmpty());
    for (MatchResult artifact : artifacts) {
      assertEquals(managedVersion(artifact.group(1), artifact.group(2)), artifact.group(3));
    }
  }

  private static String managedVersion(String group, String artifact) {
    String managed =
        group.equals("org.junit.jupiter")
            ? "<groupId>org.junit</groupId>\\s*<artifactId>junit-bom</artifactId>"
            : "<groupId>%s</groupId>\\s*<artifactId>%s</artifactId>".formatted(group, artifact);
    String pom = text(ROOT.resolve("pom.xml"));
    String property = first(managed + "\\s*<version>\\$\\{(.*?)}", pom);
    return first("<%1$s>(.*?)</%1$s>".formatted(property), pom);
  }

  /** The applications, which {@code DownstreamTest} runs, require those that the hosts need. */
  @Test
  void everyModuleThatTestsAreToldToRequireIsRequiredByAnApplicationOrTheTestKit() {
    String document = text(ROOT.resolve("docs/testing-without-windows.md"));
    String descriptors =
        Stream.concat(files(APPLICATIONS), Stream.of(TEST_KIT))
            .filter(file -> file.endsWith("module-info.java"))
            .map(file -> text(file).replace("requires static", "requires"))
            .collect(Collectors.joining());
    List<MatchResult> required = all("`requires ([\\w.]+);?`", document);
    assertFalse(required.isEmpty());
    for (MatchResult module : required) {
      assertTrue(descriptors.contains("requires " + module.group(1) + ";"), module.group());
    }
  }

  @Test
  void theMavenExampleNamesThePublishedArtifactsAndThisVersion() {
    String example = String.join("", blocks("xml", README));
    String version = first("<version>(.*?)</version>", text(ROOT.resolve("pom.xml")));
    assertEquals(version, first("<version>(.*?)</version>", example));
    for (MatchResult artifact : all("<artifactId>(.*?)</artifactId>", example)) {
      String name = artifact.group(1);
      Path module = ROOT.resolve(name.equals("connection-bom") ? "bom" : name);
      assertTrue(Files.exists(module.resolve("pom.xml")), name);
    }
  }

  /** The first column of the table, and what the backend says when it is asked for another. */
  @ParameterizedTest
  @ValueSource(strings = {"local", "ssh", "winrm"})
  void everyOptionOfABackendIsInItsTable(String backend) {
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> Connections.of(backend + "://x?nope=1"))
            .getMessage();
    String table = first("(?s)\\| %s \\| means .*?\\R(.*?)\\R\\R".formatted(backend), text(README));
    assertEquals(
        Set.of(first("it has: (.*)", refusal).split(", ")),
        all("(?m)^\\| (.*?) \\|", table).stream()
            .flatMap(row -> all("`(.*?)`", row.group(1)).stream())
            .map(option -> option.group(1))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkToAFileLeadsToOne(Path document) {
    for (MatchResult link : LINK.matcher(text(document)).results().toList()) {
      String target = link.group(1);
      assertTrue(
          target.startsWith("https://") || Files.exists(document.resolveSibling(target)), target);
    }
  }

  /** The third party's module, compiled as its own build would, and found by its descriptor. */
  @Test
  void theBackendIsAModuleThatProvidesItself() throws IOException {
    Path descriptor = folder.resolve("module-info.java");
    Files.copy(SOURCES.resolve("backend/module-info.txt"), descriptor);
    List<String> arguments = new ArrayList<>(List.of("-d", folder.resolve("out").toString()));
    arguments.addAll(List.of("-p", api(), descriptor.toString()));
    Stream.of("NiceOptions", "NiceProvider", "NiceTransport")
        .map(name -> SOURCES.resolve("backend/" + name + ".java").toString())
        .forEach(arguments::add);
    StringWriter messages = new StringWriter();
    int exitCode = javac(arguments, messages);
    assertEquals(0, exitCode, messages::toString);
    assertEquals(Set.of(ConnectionProvider.class.getName()), provided(folder.resolve("out")));
  }

  private static String api() {
    return Path.of(
            URI.create(
                ConnectionProvider.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()))
        .toString();
  }

  private static int javac(List<String> arguments, StringWriter messages) {
    PrintWriter out = new PrintWriter(messages);
    return ToolProvider.findFirst("javac")
        .orElseThrow()
        .run(out, out, arguments.toArray(String[]::new));
  }

  private static Set<String> provided(Path module) {
    return ModuleFinder.of(module)
        .find("readme.backend")
        .orElseThrow()
        .descriptor()
        .provides()
        .stream()
        .map(provides -> provides.service())
        .collect(Collectors.toSet());
  }

  private static List<String> blocks(String language, Path document) {
    return BLOCK
        .matcher(text(document))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String packed(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static List<MatchResult> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().toList();
  }

  private static String first(String regex, String text) {
    return all(regex, text).get(0).group(1);
  }
}
