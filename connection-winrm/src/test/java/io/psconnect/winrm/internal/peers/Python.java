package io.psconnect.winrm.internal.peers;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A script of Debian's Python, as somebody to talk to: a line to it, a line from it. The Python on
 * PATH may be another one, without Debian's modules.
 */
public final class Python implements AutoCloseable {
  private static final String PROGRAM = "/usr/bin/python3";
  private static final String REQUIRED = System.getenv().getOrDefault("PSCONNECT_REQUIRE", "");

  private final Process process;
  private final BufferedWriter input;
  private final BufferedReader output;

  private Python(Process process) {
    this.process = process;
    input = process.outputWriter(StandardCharsets.UTF_8);
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Skips the test where a module is missing; fails it if PSCONNECT_REQUIRE has the module's Debian
   * package.
   */
  public static void require(String module) {
    require("python3-" + module, "import " + module);
  }

  /** The same for a package without which a line of Python fails. */
  public static void require(String debianPackage, String check) {
    if (runs(check)) {
      return;
    }
    String reason =
        "%s does not run '%s' (on Debian: apt-get install --no-install-recommends %s)"
            .formatted(PROGRAM, check, debianPackage);
    if (Arrays.asList(REQUIRED.split("\\s*,\\s*")).contains(debianPackage)) {
      fail(reason + "; PSCONNECT_REQUIRE demands it");
    }
    abort(reason);
  }

  private static boolean runs(String check) {
    if (!Files.isExecutable(Path.of(PROGRAM))) {
      return false;
    }
    try {
      Process process = builder(List.of("-c", check)).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return fail(e);
    }
  }

  private static ProcessBuilder builder(List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder(PROGRAM);
    builder.command().addAll(arguments);
    return builder.redirectErrorStream(true);
  }

  /** Starts a script; what it says to standard error comes as lines too, for the failed test. */
  public static Python start(Path script, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = builder(List.of(script.toString()));
    builder.environment().putAll(environment);
    return new Python(builder.start());
  }

  /** Says a line and waits for one. */
  public String ask(String line) throws IOException {
    input.write(line);
    input.newLine();
    input.flush();
    String answer = output.readLine();
    if (answer == null) {
      throw new IOException("the script ended at '%s'".formatted(line));
    }
    return answer;
  }

  /**
   * The script ends with its input; waited for, since {@link FakeTime} wants it to end by itself.
   */
  @Override
  public void close() throws IOException {
    try {
      input.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new IOException("the script has not ended with its input");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}
