package io.psconnect.testkit.winrm;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Logins by Kerberos, under the scheme {@code Kerberos}; for {@code Negotiate} give it to {@link
 * NegotiateHostLogin}. Under either a client may wrap its token in SPNEGO or not.
 *
 * <p>The JDK reads the realm from the file that the system property {@code java.security.krb5.conf}
 * names, which whoever runs the host has to set before.
 */
final class KerberosHostLogin implements HostLogin, HostMechanism {
  private static final String KRB5 = "2a864886f712010202";

  /** Windows' name for the same, with a bit too many cut off (MS-SPNG 3.1.5.2). */
  private static final String MS_KRB5 = "2a864882f712010202";

  private final ServiceKeys keys;
  private final boolean needsBinding;

  /**
   * For a service.
   *
   * @param keytab has the service's keys
   * @param principal the service, for instance {@code HTTP/localhost@TEST.REALM}
   */
  KerberosHostLogin(Path keytab, String principal) {
    this(new ServiceKeys(keytab, principal), false);
  }

  private KerberosHostLogin(ServiceKeys keys, boolean needsBinding) {
    this.keys = keys;
    this.needsBinding = needsBinding;
  }

  /** The same, refusing clients that are not bound to the TLS channel, where there is one. */
  KerberosHostLogin requireChannelBinding() {
    return new KerberosHostLogin(keys, true);
  }

  @Override
  public String scheme() {
    return "Kerberos";
  }

  @Override
  public HostContext begin(Optional<byte[]> channelBinding) {
    return new NegotiateContext(List.of(this), channelBinding);
  }

  @Override
  public List<String> oids() {
    return List.of(KRB5, MS_KRB5);
  }

  @Override
  public boolean owns(byte[] token) {
    return InitialToken.isOf(token, KRB5);
  }

  @Override
  public MechanismContext start(Optional<byte[]> channelBinding) {
    return new KerberosHostContext(keys, new ChannelBinding(channelBinding, needsBinding));
  }
}
