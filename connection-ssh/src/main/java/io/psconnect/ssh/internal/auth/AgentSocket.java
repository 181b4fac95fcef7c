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

/** An agent at a Unix domain socket, which Java has had since 16. */
record AgentSocket(Path socket) implements KeyAgent.Wire {

  @Override
  public byte[] exchange(byte[] request, Deadline deadline) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      SelectionKey ready = channel.register(selector, SelectionKey.OP_CONNECT);
      channel.connect(UnixDomainSocketAddress.of(socket));
      while (!channel.finishConnect()) {
        await(ready, SelectionKey.OP_CONNECT, deadline);
      }
      ByteBuffer bytes = ByteBuffer.wrap(request);
      while (channel.write(bytes) >= 0 && bytes.hasRemaining()) {
        await(ready, SelectionKey.OP_WRITE, deadline);
      }
      int length = KeyAgent.Wire.length(read(channel, ready, Integer.BYTES, deadline).getInt());
      return read(channel, ready, length, deadline).array();
    }
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
