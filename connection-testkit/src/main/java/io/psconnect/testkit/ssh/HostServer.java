package io.psconnect.testkit.ssh;

import io.psconnect.testkit.host.CommandShell;
import io.psconnect.testkit.ssh.SshFault.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.certificate.OpenSshCertificateBuilder;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelListener;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.forward.DirectTcpipFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.session.ServerSessionImpl;
import org.apache.sshd.server.session.ServerUserAuthServiceFactory;
import org.apache.sshd.server.session.SessionFactory;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** The SSH server of a host, behind its relay. */
final class HostServer implements AutoCloseable, SessionListener, ChannelListener {
  /** OpenSSH's, and the last that many clients know. */
  private static final int SFTP_VERSION = 3;

  private final KeyPair announced;
  private final KeyPair other;
  private final Faults faults;
  private final CommandShell shell;
  private final Logins logins;
  private final SshServer server = SshServer.setUpDefaultServer();
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private final Set<Channel> channels = ConcurrentHashMap.newKeySet();

  HostServer(SshHost.Builder host, CommandShell shell, Faults faults) throws IOException {
    announced = host.hostKey.generate();
    other = host.hostKey.generate();
    logins = new Logins(host.users, host.userCas, faults);
    this.shell = shell;
    this.faults = faults;
    listenOn(host.address);
    knowUsers();
    showKeys(host);
    openChannels(host);
    offerSftp(host);
    server.start();
  }

  private void listenOn(InetAddress address) {
    server.setHost(address.getHostAddress());
    server.setPort(0);
    server.addSessionListener(this);
    server.setSessionFactory(
        new SessionFactory(server) {
          @Override
          protected ServerSessionImpl doCreateSession(IoSession connection) throws Exception {
            return new HostSession(getServer(), connection, faults);
          }
        });
    // Who stalls must not be saved from it.
    CoreModuleProperties.AUTH_TIMEOUT.set(server, Duration.ZERO);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
  }

  private void knowUsers() {
    server.setPasswordAuthenticator(logins);
    server.setPublickeyAuthenticator(logins);
    server.setKeyboardInteractiveAuthenticator(logins);
    List<UserAuthFactory> methods = logins.methods();
    server.setUserAuthFactories(methods);
    server.addSessionListener(logins);
  }

  private void showKeys(SshHost.Builder host) {
    server.setKeyPairProvider(
        session -> List.of(faults.has(Kind.OTHER_HOST_KEY) ? other : announced));
    host.hostCa.ifPresent(ca -> showCertificate(certificate(ca, host.address)));
  }

  private void showCertificate(OpenSshCertificate certificate) {
    server.setHostKeyCertificateProvider(
        session -> faults.has(Kind.OTHER_HOST_KEY) ? List.of() : List.of(certificate));
  }

  private OpenSshCertificate certificate(KeyPair ca, InetAddress address) {
    try {
      return OpenSshCertificateBuilder.hostCertificate()
          .publicKey(announced.getPublic())
          .id("psconnect-sshhost")
          .principals(List.of(address.getHostAddress()))
          .validAfter(Instant.now().minus(Duration.ofHours(1)))
          .validBefore(Instant.now().plus(Duration.ofDays(1)))
          .sign(ca);
    } catch (Exception e) {
      throw new IllegalArgumentException("the host's key cannot be certified by this authority", e);
    }
  }

  private void openChannels(SshHost.Builder host) {
    server.setServiceFactories(
        List.of(ServerUserAuthServiceFactory.INSTANCE, HostConnectionService.factory(faults)));
    List<ChannelFactory> factories = new ArrayList<>();
    factories.add(
        new ChannelSessionFactory() {
          @Override
          public Channel createChannel(Session session) {
            return new HostChannel(faults);
          }
        });
    factories.add(DirectTcpipFactory.INSTANCE);
    server.setChannelFactories(factories);
    server.setForwardingFilter(
        host.forwarding ? AcceptAllForwardingFilter.INSTANCE : RejectAllForwardingFilter.INSTANCE);
    server.setCommandFactory(this::command);
    server.setGlobalRequestHandlers(
        ServerBuilder.DEFAULT_GLOBAL_REQUEST_HANDLERS.stream()
            .filter(handler -> !(handler instanceof KeepAliveHandler))
            .toList());
    server.addChannelListener(this);
  }

  private Command command(ChannelSession channel, String line) {
    commands.add(line);
    return new ExecCommand(line, shell, (HostChannel) channel);
  }

  private void offerSftp(SshHost.Builder host) {
    SftpModuleProperties.SFTP_VERSION.set(server, SFTP_VERSION);
    if (host.sftp) {
      server.setSubsystemFactories(
          List.of(
              new SftpSubsystemFactory.Builder()
                  .withFileSystemAccessor(
                      new SftpFiles(host.home, host.root, host.windowsPaths, faults))
                  .build()));
    }
  }

  @Override
  public void sessionCreated(Session session) {
    sessions.add(session);
  }

  @Override
  public void sessionClosed(Session session) {
    sessions.remove(session);
  }

  @Override
  public void channelInitialized(Channel channel) {
    channels.add(channel);
  }

  @Override
  public void channelOpenFailure(Channel channel, Throwable reason) {
    channels.remove(channel);
  }

  @Override
  public void channelClosed(Channel channel, Throwable reason) {
    channels.remove(channel);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getBoundAddresses().iterator().next();
  }

  PublicKey announcedKey() {
    return announced.getPublic();
  }

  String announcedLine() {
    return PublicKeyEntry.toString(announcedKey());
  }

  String fingerprint() {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, announcedKey());
  }

  int openSessions() {
    return sessions.size();
  }

  int openChannels() {
    return channels.size();
  }

  List<String> commands() {
    return List.copyOf(commands);
  }

  List<SshAuthentication> authentications() {
    return logins.attempts();
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException e) {
      throw new UncheckedIOException("the SSH server did not stop", e);
    }
  }
}
