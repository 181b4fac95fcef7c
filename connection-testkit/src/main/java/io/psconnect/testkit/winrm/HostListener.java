package io.psconnect.testkit.winrm;

import io.psconnect.testkit.host.HostThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The host's door. */
final class HostListener implements AutoCloseable {
  private final ServerSocket listener;
  private final Function<Socket, HostConnection> opener;
  private final HostThreads threads;
  private final Set<HostConnection> connections = ConcurrentHashMap.newKeySet();

  HostListener(
      ServerSocket listener, Function<Socket, HostConnection> opener, HostThreads threads) {
    this.listener = listener;
    this.opener = opener;
    this.threads = threads;
    threads.start("accept", this::accept);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        socket.setTcpNoDelay(true);
        HostConnection connection = opener.apply(socket);
        connections.add(connection);
        threads.start("connection", () -> serve(connection));
      } catch (IOException e) {
        // Closed by us, or the client went away before it was served: the next one, if any.
      }
    }
  }

  private void serve(HostConnection connection) {
    try {
      connection.serve();
    } finally {
      connection.close();
      connections.remove(connection);
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  int openConnections() {
    return connections.size();
  }

  void cutConnections() {
    connections.forEach(HostConnection::close);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port(), e);
    }
    cutConnections();
  }
}
