package io.psconnect.testkit.ssh;

import io.psconnect.testkit.host.HostThreads;
import io.psconnect.testkit.ssh.SshFault.Kind;
import io.psconnect.testkit.ssh.SshFault.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The host's door: listens where clients connect, and carries their bytes to the server behind it
 * and back, or does what a fault of the network wants.
 */
final class Relay implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final Faults faults;
  private final HostThreads threads;
  private final InetSocketAddress server;
  private final Set<RelayedConnection> connections = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile InetSocketAddress address;
  private ServerSocket listener;
  private Thread acceptor;

  /** Holds the port, without listening, while connections are to be refused. */
  private Socket placeholder;

  private boolean closed;

  Relay(InetAddress address, InetSocketAddress server, Faults faults, HostThreads threads)
      throws IOException {
    this.address = new InetSocketAddress(address, 0);
    this.server = server;
    this.faults = faults;
    this.threads = threads;
    listen();
  }

  private void listen() throws IOException {
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(address, BACKLOG);
    address = new InetSocketAddress(address.getAddress(), listener.getLocalPort());
    ServerSocket current = listener;
    acceptor = threads.start("accept", () -> accept(current));
  }

  int port() {
    return address.getPort();
  }

  /** What can still be closed or has not been yet. */
  int openConnections() {
    return connections.size();
  }

  /** Closes the port or opens it again, as the faults now want. */
  void faultsChanged() {
    lock.lock();
    try {
      boolean refuse = faults.has(Kind.REFUSE);
      if (refuse && placeholder == null && !closed) {
        refuse();
      } else if (!refuse && placeholder != null) {
        placeholder.close();
        placeholder = null;
        listen();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port(), e);
    } finally {
      lock.unlock();
    }
  }

  private void refuse() throws IOException {
    stopListening();
    placeholder = new Socket();
    placeholder.setReuseAddress(true);
    placeholder.bind(address);
  }

  /** The port is free when nobody waits at it any more. */
  private void stopListening() throws IOException {
    listener.close();
    try {
      acceptor.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket current) {
    while (!current.isClosed()) {
      try {
        serve(current.accept());
      } catch (IOException e) {
        // Closed by us, or the client went away before it was served: the next one, if any.
      }
    }
  }

  private void serve(Socket client) throws IOException {
    if (faults.has(Kind.HANG_UP)) {
      client.close();
      return;
    }
    RelayedConnection connection =
        new RelayedConnection(client, faults, threads, connections::remove);
    connections.add(connection);
    if (faults.has(Kind.ANSWER)) {
      connection.answer(faults.find(Kind.ANSWER).orElseThrow());
    } else if (faults.stallsAt(Stage.VERSION_EXCHANGE)) {
      connection.swallow();
    } else {
      connection.connectTo(server);
    }
  }

  void cutConnections() {
    connections.forEach(RelayedConnection::close);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      listener.close();
      if (placeholder != null) {
        placeholder.close();
        placeholder = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port(), e);
    } finally {
      lock.unlock();
    }
    cutConnections();
  }
}
