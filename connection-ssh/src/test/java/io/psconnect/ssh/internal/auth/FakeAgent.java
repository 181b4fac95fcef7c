package io.psconnect.ssh.internal.auth;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * An ssh-agent that answers each connection with the same bytes, and then is silent or hangs up.
 */
final class FakeAgent implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel server;
  private final Thread thread;

  /**
   * Starts one.
   *
   * @param answer null to say nothing, and to hold the connection
   */
  FakeAgent(Path folder, byte[] answer) throws IOException {
    socket = folder.resolve("fake-agent");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    thread = new Thread(() -> serve(answer), "fake-agent");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(byte[] answer) {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        if (answer != null) {
          channel.read(ByteBuffer.allocate(1024));
          channel.write(ByteBuffer.wrap(answer));
          channel.close();
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
