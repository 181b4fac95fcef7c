package io.psconnect.testkit.winrm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * The host's side of HTTP. A request that breaks off in its head is none (RFC 9112, 8), though
 * HttpCore takes the end of the connection for the end of the head: a login of which half has come
 * would be refused.
 */
final class HostHttp extends DefaultBHttpServerConnection {
  private boolean hasEnded;

  HostHttp() {
    super("http", null);
  }

  @Override
  public void bind(Socket socket) throws IOException {
    bind(new Watched(socket));
  }

  /** Null if there are no more. */
  @Override
  public ClassicHttpRequest receiveRequestHeader() throws HttpException, IOException {
    hasEnded = false;
    ClassicHttpRequest request = super.receiveRequestHeader();
    return hasEnded ? null : request;
  }

  private final class Watched extends SocketHolder {
    Watched(Socket socket) {
      super(socket);
    }

    @Override
    protected InputStream getInputStream(Socket socket) throws IOException {
      return new Watch(super.getInputStream(socket));
    }
  }

  /** Sees that more was asked for than the client has sent. HttpCore reads in blocks only. */
  private final class Watch extends FilterInputStream {
    Watch(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      hasEnded |= count < 0;
      return count;
    }
  }
}
