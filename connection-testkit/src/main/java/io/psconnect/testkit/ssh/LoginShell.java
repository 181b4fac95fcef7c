package io.psconnect.testkit.ssh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Gives command lines to a real shell, as an SSH server gives them to the user's login shell. */
final class LoginShell implements CommandShell {
  private static final Pattern POWERSHELL =
      Pattern.compile("\\A(?:powershell|pwsh)(?:\\.exe)?(?=\\s)", Pattern.CASE_INSENSITIVE);

  private final List<String> shell;
  private final Optional<Path> powerShell;
  private final Path home;
  private final HostThreads threads;
  private final ProcessMark mark = ProcessMark.create();
  private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();

  /**
   * @param shell the shell and its option before a command
   * @param powerShell takes the place of a bare {@code powershell.exe} or {@code pwsh}
   */
  LoginShell(List<String> shell, Optional<Path> powerShell, Path home, HostThreads threads) {
    this.shell = shell;
    this.powerShell = powerShell;
    this.home = home;
    this.threads = threads;
  }

  @Override
  public void start(String commandLine, CommandStreams streams) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(shell.stream(), Stream.of(mapped(commandLine))).toList());
    builder.directory(home.toFile());
    mark.put(builder.environment());
    Process process = builder.start();
    started.add(process.toHandle());
    ShellProcess.serve(process, streams, threads);
  }

  @Override
  public int openProcesses() {
    started.removeIf(process -> !process.isAlive());
    return (int) family().count();
  }

  @Override
  public void killAll() {
    family().toList().forEach(ProcessHandle::destroyForcibly);
  }

  private Stream<ProcessHandle> family() {
    Stream<ProcessHandle> known =
        started.stream().flatMap(shell -> Stream.concat(Stream.of(shell), shell.descendants()));
    return Stream.concat(known, mark.carriers()).filter(ProcessHandle::isAlive).distinct();
  }

  private String mapped(String commandLine) {
    return powerShell
        .map(path -> POWERSHELL.matcher(commandLine).replaceFirst(quoted(path)))
        .orElse(commandLine);
  }

  /** A path that needs no quotes gets none, since PowerShell would take them for a string. */
  private static String quoted(Path path) {
    String text = path.toString();
    return Matcher.quoteReplacement(text.contains(" ") ? "\"" + text + "\"" : text);
  }
}
