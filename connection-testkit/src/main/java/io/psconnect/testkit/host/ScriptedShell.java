package io.psconnect.testkit.host;

import io.psconnect.ConnectionException;
import io.psconnect.testkit.ScriptedPowerShell;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A shell that knows one program, a PowerShell that runs nothing. */
public final class ScriptedShell implements CommandShell {
  /** As POSIX shells end when there is no such program. */
  private static final int NOT_FOUND = 127;

  /** What a process on Unix ends with that was killed. */
  private static final int KILLED = 137;

  /** What a process ends with for an error in its own software, by sysexits.h. */
  private static final int SOFTWARE_ERROR = 70;

  private final ScriptedPowerShell powerShell;
  private final HostThreads threads;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  public ScriptedShell(ScriptedPowerShell powerShell, HostThreads threads) {
    this.powerShell = powerShell;
    this.threads = threads;
  }

  @Override
  public void start(String commandLine, CommandStreams streams) {
    threads.start("scripted", () -> run(CommandLine.parse(commandLine), streams));
  }

  private void run(CommandLine command, CommandStreams streams) {
    running.add(Thread.currentThread());
    try {
      end(exitCode(command, streams), streams);
    } catch (ConnectionException e) {
      running.remove(Thread.currentThread());
      streams.breakSession();
    }
  }

  /** Ended first, then reported, as a process is. */
  private void end(int exitCode, CommandStreams streams) {
    running.remove(Thread.currentThread());
    streams.outputEnded();
    streams.exited(exitCode);
  }

  @Override
  public int openProcesses() {
    return running.size();
  }

  @Override
  public void killAll() {
    running.forEach(Thread::interrupt);
  }

  private int exitCode(CommandLine command, CommandStreams streams) throws ConnectionException {
    try {
      if (!command.startsPowerShell()) {
        write("sh: 1: %s: not found%n".formatted(command.program()), streams.stderr());
        return NOT_FOUND;
      }
      return powerShell.run(
          command.arguments(), streams.stdin(), streams.stdout(), streams.stderr());
    } catch (ConnectionException e) {
      throw e;
    } catch (InterruptedException | IOException e) {
      return KILLED;
    } catch (RuntimeException | AssertionError e) {
      return failed(e, streams.stderr());
    }
  }

  private static int failed(Throwable failure, OutputStream stderr) {
    try {
      write(failure + "\n", stderr);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return SOFTWARE_ERROR;
  }

  private static void write(String text, OutputStream stderr) throws IOException {
    stderr.write(text.getBytes(StandardCharsets.UTF_8));
    stderr.flush();
  }
}
