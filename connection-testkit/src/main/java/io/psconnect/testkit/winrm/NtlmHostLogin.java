package io.psconnect.testkit.winrm;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Logins by NTLMv2, bare or within SPNEGO. Written from MS-NLMP, and not shared with the client's:
 * a client that is tested against its own mirror image is not tested.
 */
final class NtlmHostLogin implements HostLogin, HostMechanism {
  private static final String NTLMSSP = "2b06010401823702020a";

  private final NtlmUsers users;
  private final boolean noMic;
  private final boolean needsBinding;

  /**
   * For these users.
   *
   * @param users names ({@code user}, {@code DOMAIN\\user}; case does not matter) and passwords
   */
  NtlmHostLogin(Map<String, char[]> users) {
    this(new NtlmUsers(users), false, false);
  }

  private NtlmHostLogin(NtlmUsers users, boolean noMic, boolean needsBinding) {
    this.users = users;
    this.noMic = noMic;
    this.needsBinding = needsBinding;
  }

  /** The same, letting in clients that send no MIC. */
  NtlmHostLogin allowNoMic() {
    return new NtlmHostLogin(users, true, needsBinding);
  }

  /** The same, refusing clients that are not bound to the TLS channel, where there is one. */
  NtlmHostLogin requireChannelBinding() {
    return new NtlmHostLogin(users, noMic, true);
  }

  NtlmUsers users() {
    return users;
  }

  boolean allowsNoMic() {
    return noMic;
  }

  @Override
  public String scheme() {
    return "Negotiate";
  }

  @Override
  public HostContext begin(Optional<byte[]> channelBinding) {
    return new NegotiateContext(List.of(this), channelBinding);
  }

  @Override
  public List<String> oids() {
    return List.of(NTLMSSP);
  }

  @Override
  public boolean owns(byte[] token) {
    return NtlmMessage.isNtlm(token);
  }

  @Override
  public MechanismContext start(Optional<byte[]> channelBinding) {
    return new NtlmHostContext(this, new ChannelBinding(channelBinding, needsBinding));
  }
}
