package io.psconnect.winrm.internal.auth.kerberos;

import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.peers.Python;
import io.psconnect.winrm.internal.peers.RealKdc;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** MIT's GSSAPI as the host of one login. */
public final class Acceptor implements AutoCloseable {
  private static final String SCRIPT = "/io/psconnect/winrm/internal/peers/kerberos_acceptor.py";

  private final Python python;

  private Acceptor(Python python) {
    this.python = python;
  }

  /** With the keys of a keytab. */
  public static Acceptor start(RealKdc kdc, Path keytab) throws IOException {
    return start(kdc, keytab, Map.of());
  }

  /** The same with a clock of its own. */
  public static Acceptor start(RealKdc kdc, Path keytab, Map<String, String> clock)
      throws IOException {
    Map<String, String> environment = new HashMap<>(kdc.environment());
    environment.putAll(clock);
    environment.put("KRB5_KTNAME", keytab.toString());
    try {
      Path script = Path.of(Acceptor.class.getResource(SCRIPT).toURI());
      return new Acceptor(Python.start(script, environment));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** Who has logged in. */
  public Accepted accept(byte[] token) throws IOException {
    return accepted("accept " + encode(token));
  }

  /** The same, on a channel that has a binding. */
  Accepted accept(byte[] token, byte[] binding) throws IOException {
    return accepted("accept " + encode(token) + " " + encode(binding));
  }

  private Accepted accepted(String line) throws IOException {
    String[] words = python.ask(line).split(" ");
    if (words[0].equals("refuse")) {
      throw new Refusal(String.join(" ", words), decode(words[1]));
    }
    if (!words[0].equals("complete")) {
      throw new IOException(String.join(" ", words));
    }
    boolean delegated = words[3].equals("True");
    return new Accepted(decode(words[1]), words[2], delegated, words[4].equals("True"));
  }

  byte[] unwrap(Sealed sealed) throws IOException {
    return decode(ok("unwrap " + encode(sealed.header()) + " " + encode(sealed.data()))[1]);
  }

  Sealed wrap(byte[] message) throws IOException {
    String[] words = ok("wrap " + encode(message));
    return new Sealed(decode(words[1]), decode(words[2]));
  }

  /** A message that is signed, but not encrypted. */
  Sealed sign(byte[] message) throws IOException {
    return new Sealed(decode(ok("sign " + encode(message))[1]), new byte[0]);
  }

  private String[] ok(String line) throws IOException {
    String answer = python.ask(line);
    if (!answer.startsWith("ok")) {
      throw new IOException(answer);
    }
    return (answer + " ").split(" ", 4);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] decode(String text) {
    return Base64.getDecoder().decode(text.strip());
  }

  @Override
  public void close() throws IOException {
    python.close();
  }

  /** What a host knows after a login. */
  public record Accepted(byte[] token, String user, boolean delegated, boolean bound) {}

  /** A login that the host did not take. */
  public static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final transient byte[] token;

    Refusal(String message, byte[] token) {
      super(message);
      this.token = token;
    }

    /** What the host sends instead of its proof. */
    public byte[] token() {
      return token;
    }
  }
}
