package io.psconnect.testkit.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs command lines as real processes. */
public final class ProcessShell implements CommandShell {
  private final Function<String, List<String>> launch;
  private final Path home;
  private final Map<String, String> environment;
  private final HostThreads threads;
  private final ProcessMark mark = ProcessMark.create();
  private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();

  /**
   * @param launch makes of a command line what is started
   * @param environment is added to that of this process
   */
  public ProcessShell(
      Function<String, List<String>> launch,
      Path home,
      Map<String, String> environment,
      HostThreads threads) {
    this.launch = launch;
    this.home = home;
    this.environment = Map.copyOf(environment);
    this.threads = threads;
  }

  @Override
  public void start(String commandLine, CommandStreams streams) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launch.apply(commandLine));
    builder.directory(home.toFile());
    builder.environment().putAll(environment);
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
}
