package io.psconnect.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Somebody else's program: compiled against our jars and run in a JVM of its own, which has nothing
 * but those jars and the libraries that are named. Its sources are in {@code
 * src/test/resources/applications}.
 */
final class Application {
  private static final Path SOURCES =
      Reactor.root().resolve("verification/src/test/resources/applications");

  private static final Collector<CharSequence, ?, String> SEPARATED =
      Collectors.joining(File.pathSeparator);

  private final Path sources;
  private final Path output;
  private final String path;

  private Application(Path sources, Path output, String path) {
    this.sources = sources;
    this.output = output;
    this.path = path;
  }

  /** An application over the jars of these artifacts. */
  static Application of(String name, Path output, String... artifacts) {
    return new Application(
        SOURCES.resolve(name),
        output,
        Stream.of(artifacts)
            .map(artifact -> Reactor.published(artifact).jar().toString())
            .collect(SEPARATED));
  }

  /** The same application with the jars of these classes beside ours. */
  Application with(Class<?>... libraries) {
    Stream<String> jars = Stream.of(libraries).map(Application::jar);
    return new Application(
        sources, output, Stream.concat(Stream.of(path), jars).collect(SEPARATED));
  }

  private static String jar(Class<?> type) {
    URL location = type.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(location.toString())).toString();
  }

  /** Compiles it with its {@code module-info.java} and runs it on the module path. */
  String runOnModulePath(String... arguments) throws IOException, InterruptedException {
    compile("--module-path", ".java");
    return run(
        List.of(
            "--module-path",
            path + File.pathSeparator + output,
            "--module",
            "application/application.Main"),
        arguments);
  }

  /** Compiles it without and runs it on the class path. */
  String runOnClassPath(String... arguments) throws IOException, InterruptedException {
    compile("--class-path", "Main.java");
    return run(
        List.of("--class-path", path + File.pathSeparator + output, "application.Main"), arguments);
  }

  private void compile(String kindOfPath, String suffix) {
    List<String> command =
        new ArrayList<>(
            List.of(kindOfPath, path, "-d", output.toString(), "-Xlint:all", "-Werror"));
    Reactor.filesUnder(sources, suffix).forEach(file -> command.add(file.toString()));
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int exit =
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, command.toArray(String[]::new));
    assertEquals(0, exit, messages::toString);
  }

  private String run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of(arguments));
    Path printed = Files.createTempFile(output, "printed", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String text = Files.readString(printed);
    assertEquals("ended with 0", ended ? "ended with " + process.exitValue() : "runs on", text);
    return text;
  }
}
