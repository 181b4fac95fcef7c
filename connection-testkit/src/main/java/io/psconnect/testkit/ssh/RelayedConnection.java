package io.psconnect.testkit.ssh;

import io.psconnect.testkit.host.HostThreads;
import io.psconnect.testkit.ssh.SshFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Consumer;

/** One TCP connection of a client, with the one to the server behind it, if there is one. */
final class RelayedConnection {
  private static final int BUFFER = 1 << 16;

  private final Socket client;
  private final Socket server = new Socket();
  private final Faults faults;
  private final HostThreads threads;
  private final Consumer<RelayedConnection> whenClosed;
  private volatile boolean lossy;

  RelayedConnection(
      Socket client, Faults faults, HostThreads threads, Consumer<RelayedConnection> whenClosed) {
    this.client = client;
    this.faults = faults;
    this.threads = threads;
    this.whenClosed = whenClosed;
  }

  void connectTo(InetSocketAddress address) throws IOException {
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(address);
    } catch (IOException e) {
      close();
      throw e;
    }
    start("to-server", () -> pump(client, server, Kind.CUT_FROM_CLIENT));
    start("to-client", () -> pump(server, client, Kind.CUT_TO_CLIENT));
  }

  void swallow() {
    start("swallow", () -> readToEnd(client.getInputStream()));
  }

  void answer(SshFault fault) {
    start("answer", () -> answer(fault, client.getInputStream(), client.getOutputStream()));
  }

  private static void answer(SshFault fault, InputStream in, OutputStream out) throws IOException {
    byte[] answer = fault.answerBytes();
    boolean endless = fault.count() > 0;
    if (endless || in.read(new byte[BUFFER]) >= 0) {
      do {
        out.write(answer);
      } while (endless);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private void start(String name, Work work) {
    threads.start(name, () -> run(work));
  }

  private void run(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      // One of the two has gone: so goes the other.
    } finally {
      close();
    }
  }

  private static void readToEnd(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  private void pump(Socket from, Socket to, Kind cut) throws IOException {
    Allowance allowance = new Allowance(cut);
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (swallows()) {
        continue;
      }
      int allowed = allowance.take(n);
      out.write(buffer, 0, allowed);
      if (allowance.isUsedUp()) {
        return;
      }
    }
  }

  /** After a gap no more bytes: to the client they would be nonsense, not silence. */
  private boolean swallows() {
    lossy |= faults.has(Kind.SILENCE);
    return lossy;
  }

  /** How many bytes may pass in one direction. */
  private final class Allowance {
    private final Kind kind;
    private Optional<SshFault> fault = Optional.empty();
    private long rest = Long.MAX_VALUE;

    Allowance(Kind kind) {
      this.kind = kind;
    }

    int take(int wanted) {
      Optional<SshFault> now = faults.find(kind);
      if (!now.equals(fault)) {
        fault = now;
        rest = now.map(SshFault::count).orElse(Long.MAX_VALUE);
      }
      int allowed = (int) Math.min(wanted, rest);
      rest -= allowed;
      return allowed;
    }

    boolean isUsedUp() {
      return rest == 0;
    }
  }

  void close() {
    closeQuietly(client);
    closeQuietly(server);
    whenClosed.accept(this);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to be done for it.
    }
  }
}
