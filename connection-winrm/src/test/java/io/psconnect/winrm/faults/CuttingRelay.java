package io.psconnect.winrm.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way to a host that can be cut: after so many bytes in one direction, counted over all its
 * connections, all of them end. Those that come later are whole.
 */
final class CuttingRelay implements AutoCloseable {
  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private long leftToHost = Long.MAX_VALUE;
  private long leftToClient = Long.MAX_VALUE;
  private long passedToHost;
  private long passedToClient;

  CuttingRelay(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "cutting-relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on this many bytes go, and then none; the counts begin anew. */
  void arm(long toHost, long toClient) {
    lock.lock();
    try {
      leftToHost = toHost;
      leftToClient = toClient;
      passedToHost = 0;
      passedToClient = 0;
    } finally {
      lock.unlock();
    }
  }

  void disarm() {
    arm(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /** Since it was armed. */
  long passedToHost() {
    lock.lock();
    try {
      return passedToHost;
    } finally {
      lock.unlock();
    }
  }

  /** Since it was armed. */
  long passedToClient() {
    lock.lock();
    try {
      return passedToClient;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket host = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        host.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(host);
        start(() -> pass(client, host, true));
        start(() -> pass(host, client, false));
      } catch (IOException e) {
        // Closed by the test, or the host does not listen any more.
      }
    }
  }

  private void pass(Socket from, Socket to, boolean isToHost) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        int allowed = allowed(count, isToHost);
        out.write(buffer, 0, allowed);
        if (allowed < count) {
          cut();
          return;
        }
      }
    } catch (IOException e) {
      // Cut, or one of the two has gone.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private int allowed(int count, boolean isToHost) {
    lock.lock();
    try {
      int allowed = (int) Math.min(count, isToHost ? leftToHost : leftToClient);
      if (isToHost) {
        passedToHost += allowed;
        leftToHost -= allowed;
      } else {
        passedToClient += allowed;
        leftToClient -= allowed;
      }
      return allowed;
    } finally {
      lock.unlock();
    }
  }

  /** Now. Those that come in answer to it are whole. */
  void cut() {
    List<Socket> now = List.copyOf(sockets);
    disarm();
    for (Socket socket : now) {
      try {
        socket.close();
      } catch (IOException e) {
        // It has gone by itself.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }
}
