package io.psconnect.winrm.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpConnectionTest {

  /** The host may act on a message before the thread that sent it is back. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 8_192, 500_000})
  void aMessageCountsAsSentWhenItsLastByteGoesAndNoSooner(int size) throws Exception {
    try (ScriptedHost host = new ScriptedHost(ScriptedHost.soap("<answer/>"));
        WatchedSocket socket = new WatchedSocket(host.port());
        RawSocket raw = new RawSocket();
        HttpConnection connection =
            new HttpConnection(Channels.settings(host.port()), raw, socket)) {
      for (int message = 0; message < 2; message++) {
        socket.watch(connection::isSent);
        connection.exchange(Map.of(), new byte[size]);
        assertTrue(socket.seen.remove(socket.seen.size() - 1));
        assertEquals(List.of(), socket.seen.stream().filter(sent -> sent).toList());
      }
      assertEquals(size, host.requests().get(1).body().length);
    }
  }

  /** Tells what could be seen of a condition at each writing. */
  private static final class WatchedSocket extends Socket {
    private final List<Boolean> seen = new ArrayList<>();
    private BooleanSupplier condition;

    WatchedSocket(int port) throws IOException {
      super("127.0.0.1", port);
    }

    void watch(BooleanSupplier watched) {
      seen.clear();
      condition = watched;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          seen.add(condition.getAsBoolean());
          out.write(bytes, offset, length);
        }
      };
    }
  }
}
