package io.psconnect.ssh.internal.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** An ssh-agent that answers each connection with bytes that a test gives, and hangs up. */
final class FakeAgent implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel server;
  private final Thread thread;

  /**
   * Starts one.
   *
   * @param answers one for each connection; none to say nothing, and to hold the connection
   */
  FakeAgent(Path folder, byte[]... answers) throws IOException {
    socket = folder.resolve("fake-agent");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    thread = new Thread(() -> serve(answers), "fake-agent");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(byte[]... answers) {
    try {
      for (byte[] answer : answers) {
        try (SocketChannel channel = server.accept()) {
          channel.read(ByteBuffer.allocate(8192));
          channel.write(ByteBuffer.wrap(answer));
        }
      }
    } catch (IOException closed) {
      // That is how it ends.
    }
  }

  Path socket() {
    return socket;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
