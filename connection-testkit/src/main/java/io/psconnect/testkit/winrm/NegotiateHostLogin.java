package io.psconnect.testkit.winrm;

import java.util.List;
import java.util.Optional;

/** The scheme Negotiate over some mechanisms; which one it is, the client's first token tells. */
final class NegotiateHostLogin implements HostLogin {
  private final List<HostMechanism> mechanisms;

  private NegotiateHostLogin(List<HostMechanism> mechanisms) {
    this.mechanisms = mechanisms;
  }

  static NegotiateHostLogin of(HostMechanism... mechanisms) {
    return new NegotiateHostLogin(List.of(mechanisms));
  }

  @Override
  public String scheme() {
    return "Negotiate";
  }

  @Override
  public HostContext begin(Optional<byte[]> channelBinding) {
    return new NegotiateContext(mechanisms, channelBinding);
  }
}
