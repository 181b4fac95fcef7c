package io.psconnect.winrm.internal.http;

import io.psconnect.winrm.internal.auth.SecurityContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;

/** One connection to the host, and what it has logged in with. For one message at a time. */
final class HttpConnection implements AutoCloseable {
  private static final int MOST_BODY = 16 * 1024 * 1024;
  private static final int MOST_HEADERS = 64 * 1024;
  private static final int MOST_HEADER_COUNT = 100;
  private static final int MOST_INTERIM = 10;
  private static final Timeout SHORTEST = Timeout.ofMilliseconds(1);
  private static final Timeout EARLY = Timeout.ofMilliseconds(200);
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(MOST_HEADERS)
          .setMaxHeaderCount(MOST_HEADER_COUNT)
          .setMaxEmptyLineCount(MOST_INTERIM)
          .build();

  private final HttpSettings settings;
  private final RawSocket socket;
  private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(LIMITS);
  private final ReentrantLock inUse = new ReentrantLock();
  private Optional<SecurityContext> context = Optional.empty();
  private volatile boolean isSent;
  private volatile boolean isReusable = true;
  private long idleSince;

  /**
   * @param socket to the host, through a proxy perhaps
   * @param secured the same with TLS around it, or the same
   */
  HttpConnection(HttpSettings settings, RawSocket socket, Socket secured) throws IOException {
    this.settings = settings;
    this.socket = socket;
    if (secured instanceof SSLSocket ssl) {
      http.bind(ssl, socket);
    } else {
      http.bind(secured);
    }
  }

  /** What this connection has logged in with; closed with it. */
  void loggedIn(SecurityContext by) {
    context = Optional.of(by);
  }

  Optional<SecurityContext> context() {
    return context;
  }

  RawSocket socket() {
    return socket;
  }

  /** Whether the last byte of the last request may have reached the host. */
  boolean isSent() {
    return isSent;
  }

  /** Whether the host has not said that it will close it. */
  boolean isReusable() {
    return isReusable && !socket.isClosed();
  }

  void rest(long nanos) {
    idleSince = nanos;
  }

  long idleSince() {
    return idleSince;
  }

  /** Whether the host has closed it, or said something that nobody had asked for. */
  boolean isStale() {
    try {
      return http.isStale() || http.isDataAvailable(SHORTEST);
    } catch (IOException e) {
      return true;
    } finally {
      http.setSocketTimeout(Timeout.DISABLED);
    }
  }

  /** What is done with the connection, and with its keys. */
  interface Use<T> {
    T run() throws IOException;
  }

  /** Meanwhile the keys stay, whoever closes it. */
  <T> T use(Use<T> use) throws IOException {
    inUse.lock();
    try {
      return use.run();
    } finally {
      leave();
    }
  }

  /**
   * Sends a request and reads the answer.
   *
   * @throws NotHttpException if what comes is not HTTP
   * @throws IOException if the connection breaks; {@link #isSent()} tells when
   */
  Reply exchange(Map<String, String> headers, byte[] body) throws IOException {
    isSent = false;
    ClassicHttpRequest request = request(headers, body);
    try {
      boolean isWanted = send(request);
      ClassicHttpResponse response = receive();
      Reply reply = read(response);
      isReusable = isWanted && keepsAlive(request, response);
      return reply;
    } catch (HttpException | MessageConstraintException e) {
      throw new NotHttpException(e.getMessage(), e);
    }
  }

  private ClassicHttpRequest request(Map<String, String> headers, byte[] body) {
    ClassicHttpRequest request = new BasicClassicHttpRequest("POST", settings.path());
    request.addHeader("Host", settings.authority());
    request.addHeader("User-Agent", "PSConnect");
    headers.forEach(request::addHeader);
    request.addHeader("Content-Length", body.length);
    if (body.length > 0) {
      request.setEntity(new EntityTemplate(body.length, null, null, out -> write(body, out)));
    }
    return request;
  }

  /** Without its last byte the host cannot act on it; and once that is on its way it may have. */
  private void write(byte[] body, OutputStream out) throws IOException {
    int last = body.length - 1;
    out.write(body, 0, last);
    isSent = true;
    out.write(body, last, 1);
  }

  /**
   * @return false if the host did not want all of it, and has answered nevertheless
   * @throws SSLException what the host says, by TLS, of its not wanting it
   */
  private boolean send(ClassicHttpRequest request) throws IOException, HttpException {
    try {
      http.sendRequestHeader(request);
      http.sendRequestEntity(request);
      isSent = true; // One without a body goes only now.
      http.flush();
      return true;
    } catch (IOException e) {
      isSent = false;
      if (!hasAnswered()) {
        throw e;
      }
      return false;
    }
  }

  private boolean hasAnswered() throws SSLException {
    try {
      return http.isDataAvailable(EARLY);
    } catch (SSLException e) {
      throw e;
    } catch (IOException e) {
      return false;
    } finally {
      http.setSocketTimeout(Timeout.DISABLED);
    }
  }

  /** Interim answers (RFC 9110, 15.2) come before the one that counts. */
  private ClassicHttpResponse receive() throws IOException, HttpException {
    for (int i = 0; i <= MOST_INTERIM; i++) {
      ClassicHttpResponse response = http.receiveResponseHeader();
      requireWholeHead();
      limit(response);
      if (response.getCode() >= Reply.OK) {
        return response;
      }
    }
    throw new HttpException("more than " + MOST_INTERIM + " interim answers");
  }

  /** The parser takes the end of the connection for the end of the head (RFC 9112, 8). */
  private void requireWholeHead() throws ConnectionClosedException {
    if (socket.hasEnded()) {
      throw new ConnectionClosedException("the answer breaks off within its header fields");
    }
  }

  private static void limit(ClassicHttpResponse response) throws HttpException {
    long size = 0;
    for (Header header : response.getHeaders()) {
      size += header.getName().length() + String.valueOf(header.getValue()).length();
    }
    if (size > MOST_HEADERS) {
      throw new HttpException("its headers are longer than " + MOST_HEADERS + " bytes");
    }
  }

  private Reply read(ClassicHttpResponse response) throws IOException, HttpException {
    byte[] body = {};
    boolean isWhole = true;
    if (response.getCode() != 204 && response.getCode() != 304) {
      http.receiveResponseEntity(response);
      isWhole = isWhole(response.getEntity());
      body = body(response.getEntity());
    }
    return new Reply(
        response.getCode(),
        first(response, "Content-Type"),
        challenges(response),
        first(response, "Date"),
        isWhole,
        body);
  }

  private static boolean isWhole(HttpEntity entity) {
    return entity == null || entity.getContentLength() >= 0 || entity.isChunked();
  }

  private static byte[] body(HttpEntity entity) throws IOException, HttpException {
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > MOST_BODY) {
      throw new HttpException(tooLong());
    }
    // Not closed: that would read what is left of an endless body. There is nothing else to close.
    byte[] body = entity.getContent().readNBytes(MOST_BODY + 1);
    if (body.length > MOST_BODY) {
      throw new HttpException(tooLong());
    }
    return body;
  }

  private static String tooLong() {
    return "its body is longer than " + MOST_BODY + " bytes";
  }

  private static String first(ClassicHttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null || header.getValue() == null ? "" : header.getValue();
  }

  private static List<String> challenges(ClassicHttpResponse response) {
    return Stream.of(response.getHeaders("WWW-Authenticate")).map(Header::getValue).toList();
  }

  private static boolean keepsAlive(ClassicHttpRequest request, ClassicHttpResponse response) {
    return DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
        request, response, HttpCoreContext.create());
  }

  /** Whoever closed it while it was in use has left the context to us. */
  private void leave() {
    inUse.unlock();
    if (socket.isClosed()) {
      close();
    }
  }

  /** For any thread. The socket goes first, so that whoever uses it fails. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket does not fail to close", e);
    }
    if (inUse.tryLock()) {
      try {
        context.ifPresent(SecurityContext::close);
      } finally {
        inUse.unlock();
      }
    }
  }
}
