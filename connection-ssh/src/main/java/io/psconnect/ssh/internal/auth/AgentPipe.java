package io.psconnect.ssh.internal.auth;

import io.psconnect.spi.Deadline;
import java.io.DataInput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An agent at a named pipe of Windows, as OpenSSH's has {@code \\.\pipe\openssh-ssh-agent}. Java
 * cannot wait for a pipe with a limit, so a thread of its own does, and is left behind if need be.
 */
record AgentPipe(Path pipe) implements KeyAgent.Wire {

  @Override
  public byte[] exchange(byte[] request, Deadline deadline) throws IOException {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> exchange(request, answer), "psconnect-ssh-agent");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new InterruptedIOException("it did not answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  private void exchange(byte[] request, CompletableFuture<byte[]> answer) {
    try (RandomAccessFile file = new RandomAccessFile(pipe.toString(), "rw")) {
      file.write(request);
      answer.complete(answer(file));
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private static byte[] answer(DataInput pipe) throws IOException {
    byte[] answer = new byte[KeyAgent.Wire.length(pipe.readInt())];
    pipe.readFully(answer);
    return answer;
  }
}
