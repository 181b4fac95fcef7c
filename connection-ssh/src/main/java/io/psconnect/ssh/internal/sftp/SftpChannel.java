package io.psconnect.ssh.internal.sftp;

import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * The channel to an SFTP server. Requests are sent by one thread at a time, and do not wait for the
 * answers to those before.
 */
final class SftpChannel extends ChannelSubsystem {
  private static final int INIT_ID = 0;

  private final Map<Integer, CompletableFuture<SftpAnswer>> unanswered = new ConcurrentHashMap<>();
  private final SftpAnswers answers = new SftpAnswers(this::accept);
  private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
  private int lastId = INIT_ID;
  private volatile Map<String, String> extensions = Map.of();

  private SftpChannel() {
    super("sftp");
    setStreaming(Streaming.Async);
    addCloseFutureListener(closed -> failUnanswered(end()));
  }

  /**
   * A channel whose server has said its version.
   *
   * @param copy how long everything may take
   * @param longest how long the server may take
   */
  static SftpChannel open(ClientSession session, Patience copy, Duration longest)
      throws IOException, TimeoutException, InterruptedException {
    SftpChannel channel = new SftpChannel();
    try {
      channel.start(session, copy.atMost(longest));
      return channel;
    } catch (IOException e) {
      channel.close(false);
      throw new SftpUnavailableException("there is no SFTP", !isRefusal(e), e);
    } catch (TimeoutException e) {
      channel.close(false);
      copy.check();
      throw new SftpUnavailableException("the SFTP server says nothing", true, e);
    } catch (InterruptedException | RuntimeException e) {
      channel.close(false);
      throw e;
    }
  }

  private void start(ClientSession session, Patience patience)
      throws IOException, TimeoutException, InterruptedException {
    session.getService(ConnectionService.class).registerChannel(this);
    CompletableFuture<Void> opened = new CompletableFuture<>();
    open().addListener(open -> settle(opened, open.getException()));
    addCloseFutureListener(closed -> settle(opened, end()));
    patience.await(opened);
    extensions = patience.await(send(INIT_ID, SftpRequest.init(), patience)).extensions();
  }

  /** There are too many channels for now. */
  private static boolean isRefusal(IOException e) {
    return e instanceof SshChannelOpenException;
  }

  private static void settle(CompletableFuture<Void> event, Throwable failure) {
    if (failure == null) {
      event.complete(null);
    } else {
      event.completeExceptionally(failure);
    }
  }

  boolean knows(String extension) {
    return extensions.containsKey(extension);
  }

  /**
   * Sends a request, as soon as the one before has been sent.
   *
   * @param request made for its id; may be used again when {@link #awaitSent} has returned
   * @return the answer
   */
  CompletableFuture<SftpAnswer> send(IntFunction<ByteBuffer> request, Patience patience)
      throws IOException, TimeoutException, InterruptedException {
    return send(++lastId, request.apply(lastId), patience);
  }

  private CompletableFuture<SftpAnswer> send(int id, ByteBuffer request, Patience patience)
      throws IOException, TimeoutException, InterruptedException {
    awaitSent(patience);
    CompletableFuture<SftpAnswer> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    if (isClosing()) {
      throw end();
    }
    CompletableFuture<Void> sending = new CompletableFuture<>();
    getAsyncIn()
        .writeBuffer(new ByteArrayBuffer(request.array(), 0, request.limit()))
        .addListener(written -> settle(sending, written.getException()));
    sent = sending;
    return answer;
  }

  /** Until the last request is on its way. */
  void awaitSent(Patience patience) throws IOException, TimeoutException, InterruptedException {
    patience.await(sent);
  }

  /** There is no such subsystem. Closing at once would not tell the host that we have closed. */
  @Override
  public void handleFailure() {
    close(false);
  }

  @Override
  protected void doWriteData(byte[] data, int offset, long length) throws IOException {
    try {
      answers.take(data, offset, (int) length);
      getLocalWindow().release(length);
    } catch (StreamCorruptedException e) {
      failUnanswered(e);
      close(true);
    }
  }

  /** Servers may say something there that is not for us. */
  @Override
  protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
    getLocalWindow().release(length);
  }

  private void accept(ByteBuffer packet) throws IOException {
    try {
      int type = packet.get() & 0xFF;
      int id = type == SftpAnswer.VERSION ? INIT_ID : packet.getInt();
      answer(id, new SftpAnswer(type, copyOf(packet)));
    } catch (BufferUnderflowException e) {
      throw new StreamCorruptedException("the SFTP server sent a packet that ends too early");
    }
  }

  private static ByteBuffer copyOf(ByteBuffer packet) {
    return ByteBuffer.allocate(packet.remaining()).put(packet).flip();
  }

  private void answer(int id, SftpAnswer answer) throws IOException {
    CompletableFuture<SftpAnswer> request = unanswered.remove(id);
    if (request == null) {
      throw new StreamCorruptedException("the SFTP server answers what it was not asked");
    }
    request.complete(answer);
  }

  private void failUnanswered(IOException reason) {
    unanswered.values().forEach(request -> request.completeExceptionally(reason));
  }

  private static IOException end() {
    return new EOFException("the host closed the SFTP channel");
  }
}
