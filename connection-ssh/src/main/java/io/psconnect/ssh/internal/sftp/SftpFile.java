package io.psconnect.ssh.internal.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** A file on the host that is written to from its beginning on, with many writes on their way. */
final class SftpFile {
  /** What any server takes: a packet of 34,000 bytes. */
  private static final int SAFE_WRITE = 32_768;

  /** Win32-OpenSSH failed beyond 100 KiB until 2021 (its issue 1395); this much gains the most. */
  private static final int LARGEST_WRITE = 96 * 1024;

  private static final String LIMITS = "limits@openssh.com";

  /** Together no more than a window of OpenSSH's, so that this limit is for other servers. */
  private static final int MOST_UNANSWERED = 64;

  private record Write(int length, CompletableFuture<SftpAnswer> answer) {}

  private final SftpChannel channel;
  private final Patience patience;
  private final byte[] handle;
  private final Deque<Write> unanswered = new ArrayDeque<>();
  private final ByteBuffer[] requests;
  private long position;
  private long written;
  private int next;

  private SftpFile(SftpChannel channel, byte[] handle, int mostInWrite, Patience patience) {
    this.channel = channel;
    this.handle = handle;
    this.patience = patience;
    int capacity = SftpRequest.writeOverhead(handle) + mostInWrite;
    requests = new ByteBuffer[] {ByteBuffer.allocate(capacity), ByteBuffer.allocate(capacity)};
  }

  /** A file that was not there, or nothing if the server does not make it. */
  static Optional<SftpFile> create(SftpChannel channel, String path, Patience patience)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return Optional.of(open(channel, id -> SftpRequest.create(id, path), patience));
    } catch (SftpStatusException e) {
      return Optional.empty();
    }
  }

  /** A file that is there. */
  static SftpFile open(SftpChannel channel, String path, Patience patience)
      throws IOException, TimeoutException, InterruptedException {
    try {
      return open(channel, id -> SftpRequest.open(id, path), patience);
    } catch (SftpStatusException e) {
      throw new SftpUnavailableException(
          "the SFTP server does not open what PowerShell has made", e.isNoSuchFile(), e);
    }
  }

  private static SftpFile open(
      SftpChannel channel, IntFunction<ByteBuffer> request, Patience patience)
      throws IOException, TimeoutException, InterruptedException {
    byte[] handle = patience.await(channel.send(request, patience)).handle();
    return new SftpFile(channel, handle, mostInWrite(channel, patience), patience);
  }

  private static int mostInWrite(SftpChannel channel, Patience patience)
      throws IOException, TimeoutException, InterruptedException {
    if (!channel.knows(LIMITS)) {
      return SAFE_WRITE;
    }
    SftpAnswer limits =
        patience.await(channel.send(id -> SftpRequest.extended(id, LIMITS), patience));
    long most = limits.mostInWrite();
    return most <= 0 ? LARGEST_WRITE : (int) Math.min(most, LARGEST_WRITE);
  }

  /** Room for the next bytes. The room before the last must not be used any more. */
  ByteBuffer room() {
    ByteBuffer request = requests[next];
    next = 1 - next;
    return request.clear().position(SftpRequest.writeOverhead(handle));
  }

  /**
   * Sends what has been put into the {@link #room}.
   *
   * @param request its bytes end at its position
   */
  void write(ByteBuffer request) throws IOException, TimeoutException, InterruptedException {
    int count = request.flip().limit() - SftpRequest.writeOverhead(handle);
    long to = position;
    CompletableFuture<SftpAnswer> answer =
        channel.send(id -> SftpRequest.write(id, handle, to, request), patience);
    unanswered.add(new Write(count, answer));
    position += count;
    if (unanswered.size() > MOST_UNANSWERED) {
      takeAnswer();
    }
  }

  /** How much of the file has been written by the host, from its beginning on. */
  long written() throws IOException, TimeoutException, InterruptedException {
    while (!unanswered.isEmpty() && unanswered.peek().answer().isDone()) {
      takeAnswer();
    }
    return written;
  }

  /**
   * Waits for an answer.
   *
   * @return false if there was none to wait for
   */
  boolean awaitAnswer() throws IOException, TimeoutException, InterruptedException {
    if (unanswered.isEmpty()) {
      return false;
    }
    takeAnswer();
    return true;
  }

  private void takeAnswer() throws IOException, TimeoutException, InterruptedException {
    Write write = unanswered.remove();
    patience.await(write.answer()).requireOk();
    written += write.length();
  }

  void close() throws IOException, TimeoutException, InterruptedException {
    patience.await(channel.send(id -> SftpRequest.close(id, handle), patience)).requireOk();
  }
}
