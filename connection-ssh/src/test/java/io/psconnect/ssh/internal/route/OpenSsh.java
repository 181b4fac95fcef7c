package io.psconnect.ssh.internal.route;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Asks OpenSSH's own programs. */
public final class OpenSsh {
  private OpenSsh() {}

  /** What a program said and how it ended. */
  public record Answer(int exitCode, String output) {}

  /** Runs a program, with nothing to read. */
  public static Answer run(String program, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes());
      return new Answer(process.onExit().join().exitValue(), text);
    }
  }

  /** What {@code @RequiresProgram} is to JUnit's tests, for jqwik's properties. */
  public static class SkipWithout implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      if (isOnPath("ssh") && isOnPath("ssh-keygen")) {
        return SkipResult.doNotSkip();
      }
      String reason =
          "ssh or ssh-keygen is not on PATH (on Debian: apt-get install openssh-client)";
      String required = System.getenv().getOrDefault("PSCONNECT_REQUIRE", "");
      if (List.of(required.split(",")).contains("ssh")) {
        throw new IllegalStateException(reason + "; PSCONNECT_REQUIRE demands it");
      }
      return SkipResult.skip(reason);
    }

    private static boolean isOnPath(String program) {
      return Stream.of(System.getenv("PATH").split(File.pathSeparator))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
  }
}
