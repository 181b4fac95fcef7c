package io.psconnect.winrm.faults;

import io.psconnect.winrm.internal.auth.kerberos.Acceptor;
import io.psconnect.winrm.internal.peers.FakeTime;
import io.psconnect.winrm.internal.peers.RealKdc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** A host that asks MIT's GSSAPI, with another clock, who may log in; it serves who may not. */
final class MitHost implements AutoCloseable {
  private final ServerSocket server;
  private final Acceptor gssapi;
  private final Duration ahead;
  private final boolean tells;
  private final AtomicInteger refused = new AtomicInteger();

  private MitHost(ServerSocket server, Acceptor gssapi, Duration ahead, boolean tells) {
    this.server = server;
    this.gssapi = gssapi;
    this.ahead = ahead;
    this.tells = tells;
  }

  /**
   * Starts it.
   *
   * @param tells whether it passes the error of GSSAPI on; else it has only the header Date
   */
  static MitHost start(RealKdc kdc, Path keytab, Duration ahead, boolean tells) throws IOException {
    Acceptor gssapi = Acceptor.start(kdc, keytab, FakeTime.ahead(ahead));
    MitHost host =
        new MitHost(
            new ServerSocket(0, 1, InetAddress.getByName("localhost")), gssapi, ahead, tells);
    Thread thread = new Thread(host::serve, "mit-host");
    thread.setDaemon(true);
    thread.start();
    return host;
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many logins GSSAPI has refused. */
  int refused() {
    return refused.get();
  }

  private void serve() {
    try {
      while (true) {
        try (Socket client = server.accept()) {
          answer(client, token(client));
        }
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }

  /** The requests of a login have no body. */
  private static byte[] token(Socket client) throws IOException {
    BufferedReader request =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    String token = "";
    for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
      if (line.startsWith("Authorization: Kerberos ")) {
        token = line.substring("Authorization: Kerberos ".length());
      }
    }
    return Base64.getDecoder().decode(token);
  }

  private void answer(Socket client, byte[] token) throws IOException {
    try {
      gssapi.accept(token);
      throw new IllegalStateException("the login was to be refused");
    } catch (Acceptor.Refusal e) {
      refused.incrementAndGet();
      client.getOutputStream().write(answer(e.token()).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private String answer(byte[] error) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plus(ahead).atOffset(ZoneOffset.UTC));
    return String.join(
        "\r\n",
        "HTTP/1.1 401 Unauthorized",
        "WWW-Authenticate: Kerberos"
            + (tells ? " " + Base64.getEncoder().encodeToString(error) : ""),
        tells ? "Server: MIT" : "Date: " + date,
        "Content-Length: 0",
        "",
        "");
  }

  @Override
  public void close() throws IOException {
    server.close();
    gssapi.close();
  }
}
