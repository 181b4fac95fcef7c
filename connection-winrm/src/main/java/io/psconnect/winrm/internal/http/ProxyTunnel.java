package io.psconnect.winrm.internal.http;

import io.psconnect.Phase;
import io.psconnect.UnreachableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way through a proxy by CONNECT (RFC 9110, 9.3.6), for plain HTTP as well: a login belongs to
 * one connection, and a proxy that forwards messages might mix connections.
 */
final class ProxyTunnel {
  private static final int MOST = 64 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.\\d (\\d{3})(?: .*)?");
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpSettings settings;
  private final String proxy;

  ProxyTunnel(HttpSettings settings, String proxy) {
    this.settings = settings;
    this.proxy = proxy;
  }

  /** What comes by the socket afterwards is the host's. */
  void open(RawSocket socket) throws IOException {
    String request =
        "CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\nUser-Agent: PSConnect\r\n\r\n"
            .formatted(settings.authority());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    check(head(socket.getInputStream()));
    socket.forgetStart();
  }

  /** Byte by byte, for what follows is not the proxy's. */
  private String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int ended = 0;
    while (ended < END.length) {
      int next = in.read();
      if (next < 0 || head.size() == MOST) {
        throw unreachable("has not answered as a proxy does" + quoted(text(head)));
      }
      head.write(next);
      ended = next == END[ended] ? ended + 1 : next == END[0] ? 1 : 0;
    }
    return text(head);
  }

  private static String text(ByteArrayOutputStream head) {
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private void check(String head) throws UnreachableException {
    String line = head.substring(0, head.indexOf('\r'));
    Matcher matcher = STATUS.matcher(line);
    if (!matcher.matches()) {
      throw unreachable("has not answered as a proxy does" + quoted(line));
    }
    int status = Integer.parseInt(matcher.group(1));
    if (status / 100 != 2) {
      throw unreachable(reason(status) + quoted(line));
    }
  }

  private String reason(int status) {
    return switch (status) {
      case 407 ->
          "wants a login of its own, which is not supported; use one that lets this machine"
              + " through";
      case 403, 405 -> "does not allow tunnels to " + settings.authority() + "; have it allowed";
      case 502, 503, 504 -> "cannot reach " + settings.authority();
      default -> "has refused the tunnel to " + settings.authority();
    };
  }

  private static String quoted(String text) {
    String shown = Shown.of(text);
    return shown.isEmpty() ? "" : ": \"" + shown + "\"";
  }

  private UnreachableException unreachable(String what) {
    return new UnreachableException(
        settings.origin(Phase.CONNECT), "the proxy %s %s".formatted(proxy, what), null);
  }
}
