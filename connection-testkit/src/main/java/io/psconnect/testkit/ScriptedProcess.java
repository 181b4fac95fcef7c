package io.psconnect.testkit;

import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that a backend takes for a PowerShell process. Its standard input is a real pipe. */
final class ScriptedProcess implements RemoteProcess {
  /** What a process on Unix ends with that was killed. */
  private static final int KILLED = 137;

  private final ScriptedPowerShell powerShell;
  private final List<String> arguments;
  private final OutputSink output;
  private final Pipe pipe;
  private final OutputStream stdin;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final CompletableFuture<Void> outputEnd = new CompletableFuture<>();
  private final Thread thread = new Thread(this::run, "psconnect-scripted");

  private ScriptedProcess(
      ScriptedPowerShell powerShell, List<String> arguments, OutputSink output) {
    this.powerShell = powerShell;
    this.arguments = arguments;
    this.output = output;
    try {
      pipe = Pipe.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no pipe for the standard input", e);
    }
    stdin = Channels.newOutputStream(pipe.sink());
    thread.setDaemon(true);
  }

  static ScriptedProcess start(
      ScriptedPowerShell powerShell, List<String> arguments, OutputSink output) {
    ScriptedProcess process = new ScriptedProcess(powerShell, arguments, output);
    process.thread.start();
    return process;
  }

  private void run() {
    try {
      int code = runPowerShell();
      outputEnd.complete(null);
      exitCode.complete(code);
    } catch (IOException | RuntimeException | Error e) {
      outputEnd.complete(null);
      exitCode.completeExceptionally(e);
    }
  }

  private int runPowerShell() throws IOException {
    try (InputStream input = Channels.newInputStream(pipe.source())) {
      return powerShell.run(arguments, input, stdout(), stderr());
    } catch (InterruptedException | ClosedByInterruptException e) {
      return KILLED;
    }
  }

  private OutputStream stdout() {
    return new Chunks() {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        output.stdout(bytes, offset, length);
      }
    };
  }

  private OutputStream stderr() {
    return new Chunks() {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        output.stderr(bytes, offset, length);
      }
    };
  }

  private abstract static class Chunks extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }
  }

  @Override
  public OutputStream stdin() {
    return stdin;
  }

  @Override
  public CompletableFuture<Integer> exitCode() {
    return exitCode;
  }

  @Override
  public CompletableFuture<Void> outputEnd() {
    return outputEnd;
  }

  /** A rule's answer that does not obey interruption goes on, as a process does that hangs. */
  @Override
  public boolean kill(Duration grace) throws InterruptedException {
    thread.interrupt();
    try {
      outputEnd.get(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of output is no failure", e);
    }
  }

  @Override
  public void close() {
    try {
      stdin.close();
    } catch (IOException e) {
      // The pipe is gone already.
    }
  }
}
