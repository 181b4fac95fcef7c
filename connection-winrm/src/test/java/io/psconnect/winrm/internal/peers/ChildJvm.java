package io.psconnect.winrm.internal.peers;

import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java machine of its own, with what this one has on its path. */
public final class ChildJvm {
  private final List<String> command = new ArrayList<>();
  private final Redirect errors;

  /** Options are Java's, for instance {@code -Xmx64m}. */
  public ChildJvm(Redirect errors, String... options) {
    this.errors = errors;
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
  }

  /** What a program says until it ends. */
  public String output(Class<?> program, Object... arguments) throws Exception {
    command.addAll(List.of("-cp", classPath(), program.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectError(errors).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return said;
  }

  /** Tests are part of a module here, and are not there. */
  private static String classPath() {
    return Stream.of(
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""),
            Path.of("target", "classes").toString(),
            Path.of("target", "test-classes").toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
