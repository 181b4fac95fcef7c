package io.psconnect.ssh;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java machine of its own, with what this one has on its path. */
public final class ChildJvm {
  private final List<String> command = new ArrayList<>();
  private final List<Path> more = new ArrayList<>();

  /** Options of Java's, for instance {@code -Xmx64m}. */
  public ChildJvm(String... options) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
  }

  ChildJvm with(Path jar) {
    more.add(jar);
    return this;
  }

  /**
   * What a program says until it ends. Its first arguments are those that {@link #options} reads,
   * for the server and its user.
   */
  public String output(Class<?> program, RealSshd sshd, Path... arguments) throws Exception {
    Stream<Object> server = Stream.of(sshd.port(), sshd.user(), sshd.userKey(), sshd.knownHosts());
    return output(program, Stream.concat(server, Stream.of(arguments)));
  }

  /** What a program says until it ends, that needs no server. */
  String output(Class<?> program, Path... arguments) throws Exception {
    return output(program, Stream.of(arguments));
  }

  private String output(Class<?> program, Stream<?> arguments) throws Exception {
    command.addAll(List.of("-cp", classPath(), program.getName()));
    arguments.map(Object::toString).forEach(command::add);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return said;
  }

  /** Tests are part of a module here, and are not there. */
  private String classPath() {
    Stream<String> here =
        Stream.of(
            System.getProperty("jdk.module.path", ""),
            System.getProperty("java.class.path", ""),
            Path.of("target", "classes").toString(),
            Path.of("target", "test-classes").toString());
    return Stream.concat(here, more.stream().map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** In the child: the server that it is to use, by its first four arguments. */
  public static SshOptions.Builder options(String... arguments) {
    return SshOptions.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(arguments[0]))
        .username(arguments[1])
        .privateKeyPath(Path.of(arguments[2]))
        .knownHosts(Path.of(arguments[3]))
        .noAgent();
  }
}
