package io.psconnect.testkit.winrm;

import io.psconnect.testkit.winrm.CommandOutput.ClientGoneException;
import io.psconnect.testkit.winrm.Gate.Entry;
import io.psconnect.testkit.winrm.WinRmFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** One TCP connection of a client: HTTP, and the login that belongs to it. */
final class HostConnection implements AutoCloseable {
  /** What sealing and its frame add to a message, and more. */
  private static final int FRAME = 1 << 16;

  private static final String PATH = "/wsman";

  private final Socket socket;
  private final Gate gate;
  private final WsmanService service;
  private final WinRmFaults faults;
  private final int largest;
  private final HostHttp http = new HostHttp();

  HostConnection(Socket socket, Gate gate, WsmanService service, WinRmFaults faults, int largest) {
    this.socket = socket;
    this.gate = gate;
    this.service = service;
    this.faults = faults;
    this.largest = largest;
  }

  void serve() {
    try (gate;
        http) {
      http.bind(socket);
      boolean more = true;
      while (more) {
        more = serveOne();
      }
    } catch (IOException | HttpException | ClientGoneException e) {
      // The client has gone, or does not speak HTTP: either way there is no more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean serveOne()
      throws IOException, HttpException, ClientGoneException, InterruptedException {
    ClassicHttpRequest request = http.receiveRequestHeader();
    if (request == null) {
      return false;
    }
    Optional<byte[]> body = body(request);
    Answer answer = body.isPresent() ? answer(request, body.get()) : tooLarge();
    send(answer);
    return body.isPresent() && !isLast(request);
  }

  private static Answer tooLarge() {
    return Answer.empty(Answer.TOO_LARGE);
  }

  private static boolean isLast(ClassicHttpRequest request) {
    String wish = header(request, HttpHeaders.CONNECTION);
    boolean old = HttpVersion.HTTP_1_0.equals(request.getVersion());
    return wish.equalsIgnoreCase("close") || old && !wish.equalsIgnoreCase("keep-alive");
  }

  private static String header(ClassicHttpRequest request, String name) {
    Header header = request.getFirstHeader(name);
    return header == null ? "" : header.getValue();
  }

  /**
   * Empty if it is larger than any message may be. The rest is read all the same: closing a socket
   * that holds unread bytes takes away the answer that is on its way.
   */
  private Optional<byte[]> body(ClassicHttpRequest request) throws IOException, HttpException {
    if (header(request, HttpHeaders.EXPECT).equalsIgnoreCase("100-continue")) {
      http.sendResponseHeader(new BasicClassicHttpResponse(100));
      http.flush();
    }
    http.receiveRequestEntity(request);
    if (request.getEntity() == null) {
      return Optional.of(new byte[0]);
    }
    InputStream content = request.getEntity().getContent();
    byte[] bytes = content.readNBytes(largest + FRAME);
    long rest = content.transferTo(OutputStream.nullOutputStream());
    return rest == 0 ? Optional.of(bytes) : Optional.empty();
  }

  private Answer answer(ClassicHttpRequest request, byte[] body)
      throws ClientGoneException, InterruptedException {
    if (!request.getPath().split("\\?")[0].equals(PATH)) {
      return Answer.html(Answer.NOT_FOUND, "Not Found");
    } else if (!request.getMethod().equals("POST")) {
      return Answer.empty(Answer.METHOD_NOT_ALLOWED);
    }
    Entry entry =
        gate.enter(
            header(request, HttpHeaders.AUTHORIZATION),
            header(request, HttpHeaders.CONTENT_TYPE),
            body);
    return entry.user().isPresent() ? serve(entry) : entry.refusal();
  }

  /** Without a message somebody only wanted to log in. */
  private Answer serve(Entry entry) throws ClientGoneException, InterruptedException {
    if (entry.message().length == 0) {
      return Answer.empty(Answer.OK, entry.challenges());
    } else if (entry.message().length > largest) {
      return tooLarge();
    }
    Answer answer = service.answer(entry.message(), entry.user().orElseThrow(), this::isClientGone);
    stall(answer);
    Answer broken = BrokenAnswers.apply(faults, answer);
    Answer sealed = entry.sealed() ? gate.leave(broken) : broken;
    return sealed.challenging(entry.challenges());
  }

  private boolean isClientGone() {
    try {
      return http.isStale();
    } catch (IOException e) {
      return true;
    }
  }

  private void stall(Answer answer) throws ClientGoneException, InterruptedException {
    Optional<WinRmFault> stall = faults.take(Kind.STALL, answer.operation());
    while (stall.isPresent() && (stall.get().isOnce() || faults.holds(stall.get()))) {
      if (isClientGone()) {
        throw new ClientGoneException();
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void send(Answer answer) throws IOException, HttpException {
    Optional<WinRmFault> instead = faults.take(Kind.ANSWER, answer.operation());
    Answer sent = instead.map(fault -> BrokenAnswers.replaced(answer, fault)).orElse(answer);
    Optional<WinRmFault> cut = faults.take(Kind.CUT, answer.operation());
    if (cut.isPresent()) {
      sendCut(sent, cut.get().number());
    } else if (faults.take(Kind.ENDLESS, answer.operation()).isPresent()) {
      sendEndless(sent);
    } else {
      sendWhole(sent);
    }
  }

  private void sendWhole(Answer answer) throws IOException, HttpException {
    ClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
    answer.challenges().forEach(one -> response.addHeader(HttpHeaders.WWW_AUTHENTICATE, one));
    response.addHeader(HttpHeaders.SERVER, "Microsoft-HTTPAPI/2.0");
    ContentType type =
        answer.contentType().isEmpty() ? null : ContentType.parseLenient(answer.contentType());
    if (!answer.contentType().isEmpty()) {
      response.addHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    response.addHeader(HttpHeaders.CONTENT_LENGTH, answer.body().length);
    response.setEntity(new ByteArrayEntity(answer.body(), type));
    http.sendResponseHeader(response);
    http.sendResponseEntity(response);
    http.flush();
  }

  private void sendCut(Answer answer, long bytes) throws IOException {
    byte[] head =
        "HTTP/1.1 %d \r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(answer.status(), answer.contentType(), answer.body().length)
            .getBytes(StandardCharsets.ISO_8859_1);
    OutputStream out = socket.getOutputStream();
    int fromHead = (int) Math.min(bytes, head.length);
    out.write(head, 0, fromHead);
    out.write(answer.body(), 0, (int) Math.min(bytes - fromHead, answer.body().length));
    out.flush();
    throw new IOException("cut, as a fault wants it");
  }

  private void sendEndless(Answer answer) throws IOException {
    byte[] head =
        "HTTP/1.1 %d \r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(answer.status(), answer.contentType())
            .getBytes(StandardCharsets.ISO_8859_1);
    OutputStream out = socket.getOutputStream();
    out.write(head);
    byte[] chunk =
        ("400\r\n" + "<!-- - -->      ".repeat(64) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    // Ends by an exception when the client has gone, or the host cuts the connection.
    while (true) {
      out.write(chunk);
    }
  }

  /** From another thread. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing left to be done for it.
    }
  }
}
