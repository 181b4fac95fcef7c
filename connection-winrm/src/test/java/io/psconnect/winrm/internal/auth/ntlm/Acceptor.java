package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.peers.Python;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** GSS-NTLMSSP as the host's side of one login: no code of ours, nor of its ancestors. */
final class Acceptor implements AutoCloseable {
  private static final String SCRIPT = "/io/psconnect/winrm/internal/peers/ntlm_acceptor.py";
  private static final int SIGNATURE_SIZE = 16;

  private final Python python;

  private Acceptor(Python python) {
    this.python = python;
  }

  /** Skips the test without GSS-NTLMSSP. */
  static void require() {
    Python.require("gssapi");
    Python.require(
        "gss-ntlmssp",
        "from gssapi import raw;"
            + " assert raw.OID.from_int_seq('1.3.6.1.4.1.311.2.2.10') in raw.indicate_mechs()");
  }

  /**
   * Starts it.
   *
   * @param users a file with lines {@code DOMAIN:user:password}
   */
  static Acceptor start(Path users) throws IOException {
    try {
      Path script = Path.of(Acceptor.class.getResource(SCRIPT).toURI());
      return new Acceptor(Python.start(script, Map.of("NTLM_USER_FILE", users.toString())));
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** Its challenge. */
  byte[] challenge(byte[] token) throws IOException {
    return Base64.getDecoder().decode(answer("continue", "accept " + encode(token)));
  }

  /** The user who has logged in, with the domain. */
  String complete(byte[] token) throws IOException {
    return answer("complete", "accept " + encode(token));
  }

  String complete(byte[] token, byte[] channelBinding) throws IOException {
    return answer("complete", "accept " + encode(token) + " " + encode(channelBinding));
  }

  Sealed wrap(byte[] message) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(answer("ok", "wrap " + encode(message)));
    return new Sealed(
        Arrays.copyOf(bytes, SIGNATURE_SIZE),
        Arrays.copyOfRange(bytes, SIGNATURE_SIZE, bytes.length));
  }

  byte[] unwrap(Sealed sealed) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(sealed.header().length + sealed.data().length);
    bytes.put(sealed.header()).put(sealed.data());
    return Base64.getDecoder().decode(answer("ok", "unwrap " + encode(bytes.array())));
  }

  private String answer(String expected, String line) throws IOException {
    String answer = python.ask(line);
    if (!answer.startsWith(expected + " ")) {
      throw new Refusal(answer);
    }
    return answer.substring(expected.length() + 1);
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public void close() throws IOException {
    python.close();
  }

  /** It did not do what it was asked for. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    Refusal(String answer) {
      super(answer);
    }
  }
}
