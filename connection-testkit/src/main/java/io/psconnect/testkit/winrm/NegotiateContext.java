package io.psconnect.testkit.winrm;

import java.util.List;
import java.util.Optional;

/** A login under the scheme Negotiate: the first token tells whose it is. */
final class NegotiateContext implements HostContext {
  private final List<HostMechanism> mechanisms;
  private final Optional<byte[]> channelBinding;
  private HostContext chosen;

  NegotiateContext(List<HostMechanism> mechanisms, Optional<byte[]> channelBinding) {
    this.mechanisms = List.copyOf(mechanisms);
    this.channelBinding = channelBinding;
  }

  @Override
  public byte[] accept(byte[] token) throws RefusedLogin {
    if (chosen == null) {
      chosen = choose(token);
    }
    return chosen.accept(token);
  }

  private HostContext choose(byte[] token) throws RefusedLogin {
    Optional<HostMechanism> owner =
        mechanisms.stream().filter(mechanism -> mechanism.owns(token)).findFirst();
    if (owner.isPresent()) {
      return owner.get().start(channelBinding);
    }
    if (isSpnego(token)) {
      return new SpnegoContext(mechanisms, channelBinding);
    }
    throw new RefusedLogin(
        "The client's first token, of %d bytes, is of no mechanism that is offered"
            .formatted(token.length),
        null);
  }

  private static boolean isSpnego(byte[] token) {
    return InitialToken.isOf(token, HostMechanism.SPNEGO);
  }

  @Override
  public boolean isEstablished() {
    return chosen != null && chosen.isEstablished();
  }

  @Override
  public String user() {
    return known().user();
  }

  @Override
  public boolean isBound() {
    return chosen != null && chosen.isBound();
  }

  @Override
  public byte[] unseal(byte[] header, byte[] data) throws RefusedLogin {
    if (!isEstablished()) {
      throw new RefusedLogin("The client seals before it has logged in", null);
    }
    return chosen.unseal(header, data);
  }

  @Override
  public SealedMessage seal(byte[] message) {
    return known().seal(message);
  }

  private HostContext known() {
    if (!isEstablished()) {
      throw new IllegalStateException("Nobody has logged in yet");
    }
    return chosen;
  }

  @Override
  public void close() {
    if (chosen != null) {
      chosen.close();
    }
  }
}
