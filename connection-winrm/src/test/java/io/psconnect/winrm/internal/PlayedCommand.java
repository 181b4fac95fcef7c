package io.psconnect.winrm.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A command on a {@link PlayedHost}. */
public final class PlayedCommand {
  static final String ABORTED = "aborted";

  private static final int LIMIT = 1 << 16;

  private final String id;
  private final List<String> arguments;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final PipedInputStream stdin = new PipedInputStream(LIMIT);
  private final PipedOutputStream feed;
  private final CountDownLatch abortion = new CountDownLatch(1);
  private Long exitCode;
  private boolean aborted;
  private boolean told;
  private Thread player;
  private Process process;

  PlayedCommand(String id, List<String> arguments) {
    this.id = id;
    this.arguments = arguments;
    try {
      feed = new PipedOutputStream(stdin);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public String id() {
    return id;
  }

  public List<String> arguments() {
    return arguments;
  }

  public InputStream stdin() {
    return stdin;
  }

  void start(PlayedHost.Play play) {
    player =
        new Thread(
            () -> {
              try {
                play.run(this);
              } catch (IOException | InterruptedException e) {
                exit(1);
              }
            },
            "played-command");
    player.setDaemon(true);
    player.start();
  }

  /** Runs the same arguments by a real PowerShell. */
  public void runPowerShell() throws IOException, InterruptedException {
    List<String> line = new java.util.ArrayList<>(List.of("pwsh"));
    line.addAll(arguments);
    process = new ProcessBuilder(line).start();
    Thread out = pump(process.getInputStream(), this::stdout);
    Thread err = pump(process.getErrorStream(), this::stderr);
    Thread in =
        pump(
            () -> {
              try (OutputStream to = process.getOutputStream()) {
                stdin.transferTo(to);
              }
            });
    int code = process.waitFor();
    out.join();
    err.join();
    in.interrupt();
    exit(code);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static Thread pump(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other side has gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static Thread pump(InputStream from, java.util.function.Consumer<byte[]> to) {
    return pump(
        () -> {
          byte[] buffer = new byte[LIMIT];
          for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.accept(java.util.Arrays.copyOf(buffer, n));
          }
        });
  }

  public void stdout(String text) {
    stdout(text.getBytes(StandardCharsets.UTF_8));
  }

  public void stdout(byte[] bytes) {
    change(() -> stdout.writeBytes(bytes));
  }

  public void stderr(byte[] bytes) {
    change(() -> stderr.writeBytes(bytes));
  }

  public void exit(long code) {
    change(() -> exitCode = code);
  }

  /** Both at once: one answer tells of them. */
  void exit(long code, byte[] lastOutput) {
    change(
        () -> {
          stdout.writeBytes(lastOutput);
          exitCode = code;
        });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void feed(byte[] bytes, boolean isEnd) throws IOException {
    feed.write(bytes);
    feed.flush();
    if (isEnd) {
      feed.close();
    }
  }

  /** Waits until somebody has ended it from outside. */
  public void awaitAbort() throws InterruptedException {
    if (!abortion.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody has ended it");
    }
  }

  /** Whether what it does has come to its end. */
  boolean awaitEnd() throws InterruptedException {
    player.join(TimeUnit.SECONDS.toMillis(30));
    return !player.isAlive();
  }

  void abort() {
    change(() -> aborted = true);
    abortion.countDown();
    if (player != null) {
      player.interrupt();
    }
    if (process != null) {
      process.destroyForcibly();
    }
  }

  boolean isOver() {
    lock.lock();
    try {
      return told;
    } finally {
      lock.unlock();
    }
  }

  /** Streams and state as XML; empty if nothing came in time. */
  String said(long timeout, TimeUnit unit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = unit.toNanos(timeout);
      while (stdout.size() == 0 && stderr.size() == 0 && exitCode == null && !aborted) {
        nanos = changed.awaitNanos(nanos);
        if (nanos <= 0) {
          return "";
        }
      }
      if (aborted) {
        told = true;
        return ABORTED;
      }
      return stream("stdout", stdout) + stream("stderr", stderr) + state();
    } finally {
      lock.unlock();
    }
  }

  private String stream(String name, ByteArrayOutputStream bytes) {
    String stream =
        bytes.size() == 0
            ? ""
            : "<rsp:Stream Name=\"%s\" CommandId=\"%s\">%s</rsp:Stream>"
                .formatted(name, id, Base64.getEncoder().encodeToString(bytes.toByteArray()));
    bytes.reset();
    return stream;
  }

  private String state() {
    if (exitCode == null) {
      return "";
    }
    told = true;
    return "<rsp:CommandState CommandId=\"%s\" State=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell/CommandState/Done\"><rsp:ExitCode>%d</rsp:ExitCode></rsp:CommandState>"
        .formatted(id, exitCode);
  }
}
