package io.psconnect.testkit.ssh;

import static io.psconnect.testkit.ssh.MinaClient.LONG;
import static io.psconnect.testkit.ssh.MinaClient.SHORT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.testkit.Waiting;
import io.psconnect.testkit.ssh.MinaClient.Call;
import io.psconnect.testkit.ssh.SshFault.FileError;
import io.psconnect.testkit.ssh.SshFault.Refusal;
import io.psconnect.testkit.ssh.SshFault.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SshFaultTest {
  private static final String CLIENT = "SSH-2.0-test\r\n";

  @TempDir Path folder;

  private final SshHost host = SshHost.builder().user(MinaClient.ADMIN).start();
  private final MinaClient mina = new MinaClient(host);

  @AfterEach
  @Timeout(10)
  void leavesNothingBehind() throws Exception {
    mina.close();
    try {
      Leftovers.awaitNone(host);
    } finally {
      host.close();
    }
    Leftovers.assertNoThreads();
  }

  private Socket socket() throws IOException {
    Socket socket = new Socket();
    socket.connect(new InetSocketAddress(host.address(), host.port()), 5_000);
    socket.setSoTimeout((int) SHORT.toMillis());
    socket.getOutputStream().write(CLIENT.getBytes(US_ASCII));
    return socket;
  }

  private String answer() throws IOException {
    try (Socket socket = socket()) {
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private void assertWorks() throws Exception {
    try (ClientSession session = mina.logIn()) {
      assertEquals(3, MinaClient.call(session, "exit 3").open(LONG).exitStatus());
    }
  }

  @Test
  void refusedConnectionsUntilTheHostIsHealedOnTheSamePort() throws Exception {
    int port = host.port();
    assertWorks();

    host.inject(SshFault.refuseConnections());
    assertThrows(ConnectException.class, this::socket);
    host.inject(SshFault.refuseConnections());
    assertThrows(ConnectException.class, this::socket);
    host.heal();

    assertEquals(port, host.port());
    assertWorks();
  }

  @Test
  void connectionsThatAreThereGoOnWhenOthersAreRefused() throws Exception {
    try (ClientSession session = mina.logIn()) {
      host.inject(SshFault.refuseConnections());

      assertEquals(3, MinaClient.call(session, "exit 3").open(LONG).exitStatus());
    }
  }

  @Test
  void aHostThatHangsUpSaysNothing() throws Exception {
    host.inject(SshFault.hangUp());

    try (Socket socket = new Socket(host.address(), host.port())) {
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  void aHostThatStallsBeforeItsVersionSendsNotAByte() throws Exception {
    host.inject(SshFault.stall(Stage.VERSION_EXCHANGE));

    try (Socket socket = socket()) {
      InputStream in = socket.getInputStream();
      assertThrows(SocketTimeoutException.class, in::read);
      assertEquals(1, host.openSessions());
    }
  }

  @Test
  void aHostThatStallsBeforeTheKeyExchangeSendsItsVersionAlone() throws Exception {
    host.inject(SshFault.stall(Stage.KEY_EXCHANGE));

    try (Socket socket = socket()) {
      InputStream in = socket.getInputStream();
      String line = "";
      while (!line.endsWith("\n")) {
        line += (char) in.read();
      }
      assertTrue(line.startsWith("SSH-2.0-"), line);
      assertThrows(SocketTimeoutException.class, in::read);
    }
  }

  @Test
  void aHostThatStallsAtAuthenticationExchangesKeys() throws Exception {
    host.inject(SshFault.stall(Stage.AUTHENTICATION));

    ClientSession session = mina.connect(LONG);
    session.addPasswordIdentity("secret");

    assertThrows(SshException.class, () -> session.auth().verify(SHORT));
    assertTrue(session.isOpen());
    assertEquals(host.hostKey(), session.getServerKey());
    assertEquals(1, host.openSessions());
  }

  @Test
  void aHostThatStallsAtTheOpeningOfChannelsLetsUsersIn() throws Exception {
    host.inject(SshFault.stall(Stage.CHANNEL_OPEN));
    ClientSession session = mina.logIn();

    assertThrows(SshException.class, () -> MinaClient.call(session, "exit 3").open(SHORT));

    assertEquals(List.of(), host.commands());
  }

  @Test
  void aHostThatStallsAtTheReplyHasStartedTheCommand() throws Exception {
    Path started = folder.resolve("started");
    host.inject(SshFault.stall(Stage.EXEC_REPLY));
    ClientSession session = mina.logIn();
    Call call = MinaClient.call(session, "echo x; : > '%s'".formatted(started)).open(LONG);

    assertFalse(call.sees(ClientChannelEvent.EXIT_STATUS, SHORT));

    Waiting.until(() -> Files.exists(started));
    assertEquals("", call.stdout.toString(UTF_8));
    assertEquals(1, host.commands().size());
  }

  @Test
  void aHostThatStallsAtInputTakesNoMoreThanAWindow() throws Exception {
    host.inject(SshFault.stall(Stage.INPUT));
    ClientSession session = mina.logIn();
    Call call = MinaClient.call(session, "wc -c").open(LONG);
    byte[] chunk = new byte[1 << 16];
    Thread writer =
        new Thread(
            () -> {
              try {
                while (true) {
                  call.channel.getInvertedIn().write(chunk);
                }
              } catch (IOException e) {
                // Closed by the test.
              }
            });

    writer.start();

    Waiting.until(() -> call.channel.getRemoteWindow().getSize() == 0);
    assertFalse(call.sees(ClientChannelEvent.CLOSED, SHORT));
    assertEquals(0, call.channel.getRemoteWindow().getSize());
    session.close(true);
    writer.join();
  }

  @Test
  void aHostThatStallsAtOutputHasAnsweredTheRequest() throws Exception {
    host.inject(SshFault.stall(Stage.OUTPUT));
    ClientSession session = mina.logIn();
    Call call = MinaClient.call(session, "echo x; exit 3").open(LONG);

    assertFalse(call.sees(ClientChannelEvent.EXIT_STATUS, SHORT));
    assertEquals("", call.stdout.toString(UTF_8));
  }

  @Test
  void aHostThatStallsAtTheExitStatusHasSentAllOutput() throws Exception {
    host.inject(SshFault.stall(Stage.EXIT_STATUS));
    ClientSession session = mina.logIn();
    Call call = MinaClient.call(session, "echo x; exit 3").open(LONG);

    assertFalse(call.sees(ClientChannelEvent.EXIT_STATUS, SHORT));
    assertEquals("x\n", call.stdout.toString(UTF_8));
    assertFalse(call.sees(ClientChannelEvent.EOF, SHORT));
  }

  @Test
  void aWebServerAnswers() throws Exception {
    host.inject(SshFault.answerHttp());

    String answer = answer();

    assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
    assertTrue(answer.endsWith("<h1>400 Bad Request</h1>\r\n\r\n"), answer);
  }

  @Test
  void anythingElseAnswers() throws Exception {
    byte[] bytes = {0, 1, 2, (byte) 0xFF};
    host.inject(SshFault.answer(bytes));

    try (Socket socket = socket()) {
      assertArrayEquals(bytes, socket.getInputStream().readAllBytes());
    }
  }

  @Test
  void aBannerHasNoEnd() throws Exception {
    host.inject(SshFault.endlessBanner());

    try (Socket socket = socket()) {
      String lines = new String(socket.getInputStream().readNBytes(10_000_000), US_ASCII);
      assertTrue(lines.startsWith("Welcome to build01.\r\nWelcome"));
      assertEquals(10_000_000, lines.length());
    }
    host.heal();
    assertWorks();
  }

  @Test
  void anotherHostKeyIsShownThanIsAnnounced() throws Exception {
    AtomicReference<PublicKey> shown = new AtomicReference<>();
    mina.client()
        .setServerKeyVerifier(
            (session, address, key) -> {
              shown.set(key);
              return true;
            });
    host.inject(SshFault.otherHostKey());
    assertWorks();

    assertNotEquals(host.hostKey(), shown.get());
    assertEquals(host.hostKey().getAlgorithm(), shown.get().getAlgorithm());
    host.heal();
    assertWorks();
    assertEquals(host.hostKey(), shown.get());
  }

  @Test
  void authenticationIsRejected() throws Exception {
    host.inject(SshFault.rejectAuthentication());

    assertThrows(SshException.class, mina::logIn);

    assertEquals(
        List.of(new SshAuthentication("admin", "password", false)), host.authentications());
    host.heal();
    assertWorks();
    assertEquals(new SshAuthentication("admin", "password", true), host.authentications().get(1));
  }

  @Test
  void aConnectionIsCutAfterSoManyBytesToTheClient() throws Exception {
    for (int bytes : new int[] {0, 1, 4, 100}) {
      host.inject(SshFault.cutAfterBytesToClient(bytes));
      assertEquals(bytes, answer().length());
    }
  }

  @Test
  void aConnectionIsCutAfterSoManyBytesFromTheClient() throws Exception {
    host.inject(SshFault.cutAfterBytesFromClient(CLIENT.length() + 10));
    try (Socket socket = socket()) {
      Waiting.until(() -> host.openSessions() == 1);
      socket.getOutputStream().write(new byte[9]);
      Thread.sleep(50);
      assertEquals(1, host.openSessions());
      socket.getOutputStream().write(new byte[1]);
      Waiting.until(() -> host.openSessions() == 0);
    }
  }

  @Test
  void aCutCountsFromItsInjectionAndTheProcessGoesOn() throws Exception {
    Path finished = folder.resolve("finished");
    ClientSession session = mina.logIn();
    Call call =
        MinaClient.call(
                session, "cat >/dev/null; while [ ! -e go ]; do sleep 0.05; done; : > finished")
            .open(LONG);
    call.channel.getInvertedIn().close();
    Waiting.until(() -> host.openProcesses() > 0);
    host.inject(SshFault.cutAfterBytesFromClient(0));

    session.sendIgnoreMessage(new byte[8]);

    assertTrue(call.sees(ClientChannelEvent.CLOSED, LONG));
    assertNull(call.channel.getExitStatus());
    assertTrue(host.openProcesses() > 0);
    host.close();
    Waiting.until(() -> host.openProcesses() == 0);
    assertFalse(Files.exists(finished));
  }

  @Test
  void silenceLosesWhatIsSentAndClosesNothing() throws Exception {
    ClientSession session = mina.logIn();
    host.inject(SshFault.silence());

    assertThrows(SshException.class, () -> MinaClient.call(session, "exit 3").open(SHORT));

    assertTrue(session.isOpen());
    host.heal();
    assertThrows(SshException.class, () -> MinaClient.call(session, "exit 3").open(SHORT));
    assertWorks();
  }

  @Test
  void withoutAnExitStatusTheChannelEnds() throws Exception {
    host.inject(SshFault.noExitStatus());
    Call call = MinaClient.call(mina.logIn(), "echo x; exit 3").open(LONG);

    assertNull(call.exitStatus());
    assertEquals("x\n", call.stdout.toString(UTF_8));
  }

  @Test
  void anExitStatusComesAndNoEnd() throws Exception {
    host.inject(SshFault.exitStatusWithoutEof());
    Call call = MinaClient.call(mina.logIn(), "echo x; exit 3").open(LONG);

    assertTrue(call.sees(ClientChannelEvent.EXIT_STATUS, LONG));
    assertFalse(call.sees(ClientChannelEvent.EOF, SHORT));
    assertEquals(3, call.channel.getExitStatus());
    assertEquals(1, host.openChannels());
    call.channel.close(false).await(LONG);
    Waiting.until(() -> host.openChannels() == 0);
  }

  @Test
  void anExitSignalComesInPlaceOfTheStatus() throws Exception {
    host.inject(SshFault.exitSignal("KILL"));
    Call call = MinaClient.call(mina.logIn(), "exit 3").open(LONG);

    assertNull(call.exitStatus());
    assertEquals("KILL", call.channel.getExitSignal());
  }

  @Test
  void oneSessionMoreThanTheMostIsRefusedInOpenSshsWords() throws Exception {
    host.inject(SshFault.maxSessions(2));
    ClientSession session = mina.logIn();
    Call one = MinaClient.call(session, "cat").open(LONG);
    Call two = MinaClient.call(session, "cat").open(LONG);

    assertRefused(session, Refusal.CONNECT_FAILED);
    one.send("x");
    assertEquals(0, one.exitStatus());
    Waiting.until(() -> host.openChannels() == 1);
    assertEquals(3, MinaClient.call(session, "exit 3").open(LONG).exitStatus());
    two.send("y");
    assertEquals(0, two.exitStatus());
  }

  private static void assertRefused(ClientSession session, Refusal refusal) {
    SshException wrapped =
        assertThrows(SshException.class, () -> MinaClient.call(session, "exit 3").open(LONG));
    SshChannelOpenException failure =
        assertInstanceOf(SshChannelOpenException.class, wrapped.getCause());
    assertEquals(refusal.code(), failure.getReasonCode());
    assertTrue(failure.getMessage().endsWith("open failed"), failure.getMessage());
  }

  @Test
  void otherReasonsToRefuseASession() throws Exception {
    ClientSession session = mina.logIn();
    for (Refusal refusal : Refusal.values()) {
      host.inject(SshFault.maxSessions(0, refusal));
      assertRefused(session, refusal);
    }
  }

  @Test
  void aChannelThatTheClientClosedCountsUntilItsCommandHasEnded() throws Exception {
    host.inject(SshFault.maxSessions(1));
    ClientSession session = mina.logIn();
    Call call =
        MinaClient.call(
                session, "while [ ! -e '%s' ]; do sleep 0.05; done".formatted(folder.resolve("go")))
            .open(LONG);
    call.channel.close(false);

    assertRefused(session, Refusal.CONNECT_FAILED);
    assertEquals(1, host.openChannels());
    Files.createFile(folder.resolve("go"));
    Waiting.until(() -> host.openChannels() == 0);
    assertEquals(3, MinaClient.call(session, "exit 3").open(LONG).exitStatus());
  }

  @Test
  void withoutSftpCommandsStillRun() throws Exception {
    host.inject(SshFault.noSftp());
    try (ClientSession session = mina.logIn()) {
      assertThrows(IOException.class, () -> SftpClientFactory.instance().createSftpClient(session));
      assertEquals(3, MinaClient.call(session, "exit 3").open(LONG).exitStatus());
    }
  }

  @Test
  void aFullDiskFailsTheWriteThatGoesBeyond() throws Exception {
    assertEquals(4, statusOfWriteBeyond(FileError.DISK_FULL));
  }

  @Test
  void aDeniedWriteSaysSo() throws Exception {
    assertEquals(3, statusOfWriteBeyond(FileError.PERMISSION_DENIED));
  }

  private int statusOfWriteBeyond(FileError error) throws Exception {
    host.inject(SshFault.sftpFailsAfter(1000, error));
    Path file = folder.resolve("file");
    try (ClientSession session = mina.logIn();
        SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
        SftpClient.CloseableHandle handle =
            sftp.open(file.toString(), SftpClient.OpenMode.Write, SftpClient.OpenMode.Create)) {
      sftp.write(handle, 0, new byte[600]);
      SftpException failure =
          assertThrows(SftpException.class, () -> sftp.write(handle, 600, new byte[600]));
      sftp.write(handle, 600, new byte[400]);
      assertEquals(1000, Files.size(file));
      return failure.getStatus();
    }
  }

  @Test
  void keepalivesAreAnsweredUnlessToBeIgnored() throws Exception {
    ClientSession session = mina.logIn();
    assertTrue(answersKeepAlive(session));

    host.inject(SshFault.ignoreKeepAlives());

    assertFalse(answersKeepAlive(session));
    assertEquals(3, MinaClient.call(session, "exit 3").open(LONG).exitStatus());
  }

  private static boolean answersKeepAlive(ClientSession session) throws IOException {
    var request = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    request.putString("keepalive@openssh.com");
    request.putBoolean(true);
    try {
      session.request("keepalive@openssh.com", request, SHORT);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Test
  void stallsDoNotHoldBackKeepalives() throws Exception {
    host.inject(SshFault.stall(Stage.OUTPUT));
    ClientSession session = mina.logIn();
    MinaClient.call(session, "exit 3").open(LONG);

    assertTrue(answersKeepAlive(session));
  }

  @Test
  void theNewestFaultOfAKindHolds() throws Exception {
    host.inject(SshFault.stall(Stage.VERSION_EXCHANGE), SshFault.stall(Stage.EXIT_STATUS));

    Call call = MinaClient.call(mina.logIn(), "exit 3").open(LONG);

    assertFalse(call.sees(ClientChannelEvent.EXIT_STATUS, SHORT));
  }

  @Test
  void faultsSayWhatTheyAre() {
    assertEquals("SshFault[stall at OUTPUT]", SshFault.stall(Stage.OUTPUT).toString());
    assertEquals(
        "SshFault[SFTP fails with DISK_FULL after bytes: 7]",
        SshFault.sftpFailsAfter(7, FileError.DISK_FULL).toString());
    assertEquals(
        "cut after bytes to the client: -1 is negative",
        assertThrows(IllegalArgumentException.class, () -> SshFault.cutAfterBytesToClient(-1))
            .getMessage());
  }
}
