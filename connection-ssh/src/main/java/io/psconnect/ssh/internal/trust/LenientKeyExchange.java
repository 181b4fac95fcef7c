package io.psconnect.ssh.internal.trust;

import java.util.List;
import org.apache.sshd.client.kex.DHGClient;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.DHFactory;
import org.apache.sshd.common.kex.KeyExchange;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.common.session.Session;

/**
 * A key exchange that leaves certificates to the {@link HostKeyPolicy}. MINA's own ends the session
 * over a certificate that does not hold, although the key in it may be known by itself; and it
 * looks for the address of the socket in it, which is another host's where there are hosts on the
 * way.
 */
final class LenientKeyExchange extends DHGClient {
  private LenientKeyExchange(DHFactory factory, Session session) {
    super(factory, session);
  }

  static List<KeyExchangeFactory> of(List<KeyExchangeFactory> factories) {
    return factories.stream().map(LenientKeyExchange::of).toList();
  }

  private static KeyExchangeFactory of(KeyExchangeFactory factory) {
    DHFactory group = BuiltinDHFactories.resolveFactory(factory.getName());
    return group == null || group.isGroupExchange() ? factory : new Factory(group);
  }

  private record Factory(DHFactory group) implements KeyExchangeFactory {
    @Override
    public String getName() {
      return group.getName();
    }

    @Override
    public KeyExchange createKeyExchange(Session session) {
      return new LenientKeyExchange(group, session);
    }
  }

  @Override
  protected void verifyCertificate(Session session, OpenSshCertificate certificate) {}
}
