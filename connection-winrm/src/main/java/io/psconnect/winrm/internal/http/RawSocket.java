package io.psconnect.winrm.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A socket that remembers how the other side began, by which one tells TLS from HTTP, and whether
 * it has ended.
 */
final class RawSocket extends Socket {
  private static final int KEPT = 5;
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_MAJOR = 3;

  private volatile byte[] start = {};
  private volatile boolean ended;

  /** Called when a proxy has answered: what follows is the host's. */
  void forgetStart() {
    start = new byte[0];
  }

  boolean speaksHttp() {
    return new String(start, StandardCharsets.US_ASCII).equals("HTTP/");
  }

  /** A server that is spoken to in plain text ends it with an alert (RFC 8446, 6). */
  boolean speaksTls() {
    return start.length > 1 && start[0] == TLS_ALERT && start[1] == TLS_MAJOR;
  }

  /** Whether more was asked for than the other side has sent. */
  boolean hasEnded() {
    return ended;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Remembering(super.getInputStream());
  }

  private void remember(byte[] buffer, int offset, int count) {
    int more = Math.min(KEPT - start.length, count);
    if (more > 0) {
      byte[] longer = Arrays.copyOf(start, start.length + more);
      System.arraycopy(buffer, offset, longer, start.length, more);
      start = longer;
    }
  }

  private final class Remembering extends FilterInputStream {
    Remembering(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      if (count < 0) {
        ended = true;
      } else {
        remember(buffer, offset, count);
      }
      return count;
    }
  }
}
