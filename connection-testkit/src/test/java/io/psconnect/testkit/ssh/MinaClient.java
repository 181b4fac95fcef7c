package io.psconnect.testkit.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/** MINA's own client, logged in by password; its waits are short, for hosts that do not answer. */
final class MinaClient implements AutoCloseable {
  static final SshUser ADMIN = SshUser.named("admin").withPassword("secret");

  /** How long a test waits to see that nothing comes. */
  static final Duration SHORT = Duration.ofMillis(500);

  static final Duration LONG = Duration.ofSeconds(30);

  private final SshClient client = SshClient.setUpDefaultClient();
  private final SshHost host;

  MinaClient(SshHost host) {
    this.host = host;
    client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
    client.start();
  }

  SshClient client() {
    return client;
  }

  ClientSession connect(Duration patience) throws IOException {
    return client
        .connect("admin", host.address().getHostAddress(), host.port())
        .verify(patience)
        .getSession();
  }

  ClientSession logIn() throws IOException {
    return logIn(LONG);
  }

  ClientSession logIn(Duration patience) throws IOException {
    ClientSession session = connect(LONG);
    session.addPasswordIdentity("secret");
    session.auth().verify(patience);
    return session;
  }

  /** A command without input, and what has come from it. */
  static final class Call {
    final ChannelExec channel;
    final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    private Call(ClientSession session, String command) throws IOException {
      channel = session.createExecChannel(command);
      channel.setOut(stdout);
      channel.setErr(stderr);
    }

    Call open(Duration patience) throws IOException {
      channel.open().verify(patience);
      return this;
    }

    Call send(String input) throws IOException {
      try (OutputStream stdin = channel.getInvertedIn()) {
        stdin.write(input.getBytes(UTF_8));
      }
      return this;
    }

    /** Whether the event came in time. */
    boolean sees(ClientChannelEvent event, Duration patience) {
      return channel.waitFor(EnumSet.of(event), patience).contains(event);
    }

    Integer exitStatus() {
      return sees(ClientChannelEvent.CLOSED, LONG) ? channel.getExitStatus() : null;
    }
  }

  static Call call(ClientSession session, String command) throws IOException {
    return new Call(session, command);
  }

  @Override
  public void close() {
    client.stop();
  }
}
