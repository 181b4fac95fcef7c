package io.psconnect.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A long line to a server on this machine: what goes in comes out at the other end a while later,
 * however much it is. A new connection waits for one round trip, as TCP's does.
 */
final class DelayProxy implements AutoCloseable {
  private static final int CHUNK = 1 << 16;

  /** What is under way on the line at most; the sender then waits. */
  private static final int CHUNKS_ON_THE_LINE = 1024;

  private final ServerSocket listener;
  private final int target;
  private final Duration oneWay;
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param target the server's port on 127.0.0.1
   * @param oneWay how long a byte takes; twice that is the round trip
   */
  DelayProxy(int target, Duration oneWay) throws IOException {
    this.target = target;
    this.oneWay = oneWay;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The connections that there have been. */
  int connections() {
    return connections.get();
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "delay-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.incrementAndGet();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        carry(client, server, oneWay.multipliedBy(3));
        carry(server, client, oneWay);
      } catch (IOException e) {
        // Closed by us, or the server went away: the next one, if any.
      }
    }
  }

  /** The first bytes of a client come after the handshake of TCP, which takes a round trip. */
  private void carry(Socket from, Socket to, Duration first) {
    BlockingQueue<Chunk> line = new LinkedBlockingQueue<>(CHUNKS_ON_THE_LINE);
    start(() -> put(from, line, first));
    start(() -> take(line, to));
  }

  private void put(Socket from, BlockingQueue<Chunk> line, Duration first) {
    long opened = System.nanoTime() + first.toNanos();
    try {
      try (from) {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[CHUNK];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          long due = Math.max(opened, System.nanoTime() + oneWay.toNanos());
          line.put(new Chunk(Arrays.copyOf(buffer, n), due));
        }
      } catch (IOException e) {
        // The end of this connection, as the other side will be told.
      }
      line.put(new Chunk(new byte[0], System.nanoTime() + oneWay.toNanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void take(BlockingQueue<Chunk> line, Socket to) {
    try (to) {
      OutputStream out = to.getOutputStream();
      for (Chunk chunk = line.take(); chunk.bytes.length > 0; chunk = line.take()) {
        Thread.sleep(Duration.ofNanos(Math.max(0, chunk.due - System.nanoTime())).toMillis());
        out.write(chunk.bytes);
        out.flush();
      }
    } catch (IOException e) {
      // The end of this connection.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /**
   * @param due when it comes out, by {@link System#nanoTime()}
   */
  private record Chunk(byte[] bytes, long due) {}
}
