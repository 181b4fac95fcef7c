package io.psconnect.ssh.internal.auth;

import io.psconnect.spi.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.BufferException;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * An ssh-agent (draft-miller-ssh-agent): which keys it holds, and its signatures. Each question has
 * a connection of its own, so that there is nothing to close, and a time by which it is answered or
 * given up.
 */
final class KeyAgent {
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;
  private static final int LONGEST_ANSWER = 256 * 1024;
  private static final int MOST_IDENTITIES = 2048;

  private final Path socket;

  KeyAgent(Path socket) {
    this.socket = socket;
  }

  /**
   * A key that the agent holds.
   *
   * @param blob the public key or the certificate, as SSH encodes it
   * @param comment as the agent has it
   */
  record Identity(byte[] blob, String comment) {}

  /**
   * The keys that the agent holds; none if it is locked.
   *
   * @throws IOException if the agent is not there, does not answer in time, or talks nonsense
   */
  List<Identity> identities(Deadline deadline) throws IOException {
    Buffer request = request(REQUEST_IDENTITIES);
    Buffer answer = exchange(request, IDENTITIES_ANSWER, deadline);
    try {
      int count = answer.getInt();
      if (count < 0 || count > MOST_IDENTITIES) {
        throw new IOException("it says that it holds %d keys".formatted(count));
      }
      List<Identity> identities = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        identities.add(new Identity(answer.getBytes(), answer.getString()));
      }
      return identities;
    } catch (BufferException e) {
      throw new IOException("its answer is cut off", e);
    }
  }

  /**
   * Has data signed.
   *
   * @param flags 2 for SHA-256 and 4 for SHA-512 with an RSA key; 0 otherwise
   * @return the algorithm and the signature, as SSH encodes them
   * @throws IOException if the agent does not sign, or not in time
   */
  Buffer sign(byte[] blob, byte[] data, int flags, Deadline deadline) throws IOException {
    Buffer request = request(SIGN_REQUEST);
    request.putBytes(blob);
    request.putBytes(data);
    request.putInt(flags);
    try {
      return new ByteArrayBuffer(exchange(request, SIGN_RESPONSE, deadline).getBytes());
    } catch (BufferException e) {
      throw new IOException("its answer is cut off", e);
    }
  }

  private static Buffer request(int type) {
    Buffer request = new ByteArrayBuffer();
    request.putInt(0);
    request.putByte((byte) type);
    return request;
  }

  private Buffer exchange(Buffer request, int expected, Deadline deadline) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(request.getCompactData());
    bytes.putInt(0, bytes.limit() - Integer.BYTES);
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey ready = channel.register(selector, SelectionKey.OP_CONNECT);
      channel.connect(UnixDomainSocketAddress.of(socket));
      while (!channel.finishConnect()) {
        await(ready, SelectionKey.OP_CONNECT, deadline);
      }
      while (channel.write(bytes) >= 0 && bytes.hasRemaining()) {
        await(ready, SelectionKey.OP_WRITE, deadline);
      }
      return answer(channel, ready, expected, deadline);
    }
  }

  private static Buffer answer(
      SocketChannel channel, SelectionKey ready, int expected, Deadline deadline)
      throws IOException {
    int length = read(channel, ready, Integer.BYTES, deadline).getInt();
    if (length < 1 || length > LONGEST_ANSWER) {
      throw new IOException("its answer has an illogical length of %d".formatted(length));
    }
    Buffer answer = new ByteArrayBuffer(read(channel, ready, length, deadline).array());
    int type = answer.getUByte();
    if (type != expected) {
      throw new IOException("it refused (answer %d)".formatted(type));
    }
    return answer;
  }

  private static ByteBuffer read(
      SocketChannel channel, SelectionKey ready, int length, Deadline deadline) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes);
      if (read < 0) {
        throw new EOFException("it hung up");
      }
      if (read == 0) {
        await(ready, SelectionKey.OP_READ, deadline);
      }
    }
    return bytes.flip();
  }

  private static void await(SelectionKey ready, int operation, Deadline deadline)
      throws IOException {
    ready.interestOps(operation);
    ready.selector().selectedKeys().clear();
    long millis = Duration.ofNanos(deadline.remainingNanos()).toMillis();
    if (millis == 0) {
      throw new InterruptedIOException("it did not answer in time");
    }
    ready.selector().select(millis);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
  }
}
