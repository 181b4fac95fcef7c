package io.psconnect.winrm.internal.http;

import io.psconnect.winrm.internal.auth.Login;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** How each connection proves whose it is. Safe for many threads. */
public sealed interface Credentials extends AutoCloseable {

  /** The password itself, with each message (RFC 7617). The password is copied. */
  static Credentials basic(String user, char[] password) {
    return new Basic(user, password.clone());
  }

  /** By tokens, once for each connection. */
  static Credentials token(Login login) {
    return new Token(login);
  }

  /** The client certificate of the TLS settings; the host has to know whose it is. */
  static Credentials certificate() {
    return new Certificate();
  }

  /** The Authorization header that goes with each message. */
  Optional<String> header();

  /** As the user knows it, for errors. */
  String method();

  /** Wipes what is secret. */
  @Override
  void close();

  /** The password itself. */
  record Basic(String user, char[] password) implements Credentials {
    /** Refuses a user that RFC 7617 cannot carry. */
    public Basic {
      if (user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("a user with a colon cannot log in by Basic");
      }
    }

    @Override
    public Optional<String> header() {
      CharBuffer both = CharBuffer.allocate(user.length() + 1 + password.length);
      both.put(user).put(':').put(password).flip();
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(both);
      String encoded =
          StandardCharsets.US_ASCII.decode(Base64.getEncoder().encode(bytes)).toString();
      Arrays.fill(both.array(), '\0');
      Arrays.fill(bytes.array(), (byte) 0);
      return Optional.of("Basic " + encoded);
    }

    @Override
    public String method() {
      return "Basic";
    }

    @Override
    public void close() {
      Arrays.fill(password, '\0');
    }

    @Override
    public String toString() {
      return "Basic[***]";
    }
  }

  /** Tokens. */
  record Token(Login login) implements Credentials {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }

    @Override
    public String method() {
      return "Negotiate";
    }

    @Override
    public void close() {
      login.close();
    }

    @Override
    public String toString() {
      return "Token[***]";
    }
  }

  /** The client certificate. */
  record Certificate() implements Credentials {
    /** What DSP0226 calls it; the host looks for this word before it looks at the certificate. */
    private static final String MUTUAL =
        "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual";

    @Override
    public Optional<String> header() {
      return Optional.of(MUTUAL);
    }

    @Override
    public String method() {
      return "the client certificate";
    }

    @Override
    public void close() {
      // The key is in the TLS settings.
    }
  }
}
