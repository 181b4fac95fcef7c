package io.psconnect.testkit.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A real process behind a channel. */
public final class ShellProcess {
  private static final int BUFFER = 1 << 15;

  private final Process process;
  private final CommandStreams streams;
  private final AtomicInteger openOutputs = new AtomicInteger(2);

  private ShellProcess(Process process, CommandStreams streams) {
    this.process = process;
    this.streams = streams;
  }

  /** Carries its streams and reports its end. */
  public static void serve(Process process, CommandStreams streams, HostThreads threads) {
    ShellProcess started = new ShellProcess(process, streams);
    threads.start("stdin", started::feed);
    threads.start("stdout", () -> started.drain(process.getInputStream(), streams.stdout()));
    threads.start("stderr", () -> started.drain(process.getErrorStream(), streams.stderr()));
    threads.start("exit", started::awaitExit);
  }

  /** What a process does not read any more is thrown away, as sshd does it. */
  private void feed() {
    InputStream in = streams.stdin();
    try (OutputStream out = process.getOutputStream()) {
      copy(in, out);
    } catch (IOException e) {
      discard(in);
    }
  }

  private static void discard(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** When the client has gone the pipe is closed, which the process is told when it writes. */
  private void drain(InputStream in, OutputStream out) {
    try (in) {
      copy(in, out);
    } catch (IOException e) {
      // One of the two has gone: either way there is no more.
    } finally {
      if (openOutputs.decrementAndGet() == 0) {
        streams.outputEnded();
      }
    }
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private void awaitExit() {
    while (true) {
      try {
        streams.exited(process.waitFor());
        return;
      } catch (InterruptedException e) {
        // Nobody but us knows this thread, and we never interrupt it.
      }
    }
  }
}
