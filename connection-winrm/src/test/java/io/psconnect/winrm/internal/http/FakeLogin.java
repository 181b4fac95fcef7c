package io.psconnect.winrm.internal.http;

import io.psconnect.winrm.internal.auth.Login;
import io.psconnect.winrm.internal.auth.LoginException;
import io.psconnect.winrm.internal.auth.Sealed;
import io.psconnect.winrm.internal.auth.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A login of given legs, whose sealing turns the bits over and numbers the messages. */
final class FakeLogin implements Login {
  static final String TYPE = "application/HTTP-SPNEGO-session-encrypted";

  private final List<String> tokens;
  private final boolean wantsProof;
  private final List<String> bindings = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean isClosed;

  /**
   * @param wantsProof whether the host's last token is needed
   */
  FakeLogin(boolean wantsProof, String... tokens) {
    this.wantsProof = wantsProof;
    this.tokens = List.of(tokens);
  }

  List<String> bindings() {
    return bindings;
  }

  /** Contexts that were not closed. */
  int open() {
    return open.get();
  }

  boolean isClosed() {
    return isClosed;
  }

  @Override
  public SecurityContext begin(Optional<byte[]> channelBinding) {
    bindings.add(
        channelBinding.map(b -> new String(b, StandardCharsets.ISO_8859_1)).orElse("none"));
    open.incrementAndGet();
    return new Context();
  }

  @Override
  public void close() {
    isClosed = true;
  }

  /** What a host does too. */
  static byte[] turned(byte[] bytes) {
    byte[] turned = bytes.clone();
    for (int i = 0; i < turned.length; i++) {
      turned[i] ^= 0x55;
    }
    return turned;
  }

  static byte[] signature(int number) {
    byte[] signature = new byte[16];
    Arrays.fill(signature, (byte) number);
    return signature;
  }

  private final class Context implements SecurityContext {
    private int leg;
    private int sent;
    private int received;
    private boolean hasProof;
    private boolean isOpen = true;

    @Override
    public String scheme() {
      return "Negotiate";
    }

    @Override
    public String sealedType() {
      return TYPE;
    }

    @Override
    public byte[] next(byte[] token) throws LoginException {
      String said = new String(token, StandardCharsets.UTF_8);
      if (said.equals("bad")) {
        throw new LoginException("the host's token is bad; look at its clock", null);
      }
      hasProof |= said.equals("proof");
      return leg < tokens.size() ? tokens.get(leg++).getBytes(StandardCharsets.UTF_8) : new byte[0];
    }

    @Override
    public boolean isEstablished() {
      return leg == tokens.size() && (hasProof || !wantsProof);
    }

    @Override
    public Sealed seal(byte[] message) {
      return new Sealed(signature(++sent), turned(message));
    }

    @Override
    public byte[] unseal(Sealed sealed) throws LoginException {
      if (!Arrays.equals(signature(++received), sealed.header())) {
        throw new LoginException("the signature is not right; the message was changed", null);
      }
      return turned(sealed.data());
    }

    @Override
    public void close() {
      if (isOpen) {
        isOpen = false;
        open.decrementAndGet();
      }
    }
  }
}
