package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that break off. */
@Timeout(30)
class HostHttpTest {
  private static final byte[] REQUEST = request();

  private final WinRmHost host = RawClient.hostThatLetsItIn().start();

  private static byte[] request() {
    String pair = RawClient.USER + ":" + RawClient.PASSWORD;
    String login = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    return String.join(
            "\r\n",
            "POST /wsman HTTP/1.1",
            "Host: x",
            "Authorization: Basic " + login,
            "Content-Length: 4",
            "",
            "<x/>")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @AfterEach
  void leavesNothingBehind() throws Exception {
    host.close();
    Leftovers.assertNoThreads();
  }

  /** The client has ended its side, and hears what comes. */
  private String answerTo(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(host.hostName(), host.port())) {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void aRequestThatBreaksOffIsNone() throws Exception {
    for (int length = 0; length < REQUEST.length; length++) {
      assertEquals(
          "", answerTo(Arrays.copyOf(REQUEST, length)), "after %d bytes".formatted(length));
    }
    assertEquals(0, host.authentications());
    assertEquals(0, host.refusedAuthentications());
  }

  @Test
  void aWholeRequestIsAnsweredThoughNoOtherFollows() throws Exception {
    String answer = answerTo(REQUEST);
    assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    assertEquals(1, host.authentications());
  }
}
