package io.psconnect.ssh.internal;

import io.psconnect.ssh.internal.auth.Credentials;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;

/** Apache MINA SSHD's client, told to decide nothing by itself. */
final class SshClients {
  /** How many signs of life may be missing. */
  private static final int MISSED_KEEP_ALIVES = 3;

  /**
   * The quickest first: what processors do by instructions of their own. MINA's first, ChaCha20,
   * takes the JDK twenty times as long. None of CBC's, which OpenSSH has given up.
   */
  private static final List<NamedFactory<Cipher>> CIPHERS =
      List.of(
          BuiltinCiphers.aes128gcm,
          BuiltinCiphers.aes256gcm,
          BuiltinCiphers.aes128ctr,
          BuiltinCiphers.aes192ctr,
          BuiltinCiphers.aes256ctr,
          BuiltinCiphers.cc20p1305_openssh);

  /** Carries a {@link Dial} to the session that it makes. */
  static final AttributeKey<Dial> DIAL = new AttributeKey<>();

  private SshClients() {}

  static SshClient started(Duration keepAlive) {
    SshClient client = ClientBuilder.builder().build();
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    Credentials.install(client);
    client.setCipherFactories(CIPHERS);
    client.setServerKeyVerifier((session, address, key) -> false);
    client.addSessionListener(
        new SessionListener() {
          @Override
          public void sessionCreated(Session session) {
            prepare(session);
          }
        });
    setTimes(client, keepAlive);
    client.start();
    return client;
  }

  private static void prepare(Session session) {
    if (session instanceof ClientSession created) {
      created.getConnectionContext().getAttribute(DIAL).prepare(created);
    }
  }

  /** Deadlines are ours; a session lives until it is closed. */
  private static void setTimes(SshClient client, Duration keepAlive) {
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(3650));
    CoreModuleProperties.STOP_WAIT_TIME.set(client, Duration.ofSeconds(10));
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
    CoreModuleProperties.NIO_WORKERS.set(client, 2);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, keepAlive);
    CoreModuleProperties.HEARTBEAT_REQUEST.set(client, "keepalive@openssh.com");
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, MISSED_KEEP_ALIVES);
  }
}
