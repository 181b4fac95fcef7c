package io.psconnect.testkit.ssh;

import static io.psconnect.testkit.ssh.MinaClient.LONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Result;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ProcessTreeEnd;
import io.psconnect.testkit.ScriptedPowerShell;
import io.psconnect.testkit.Waiting;
import io.psconnect.testkit.ssh.MinaClient.Call;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SshChannelsTest {
  @TempDir Path folder;

  private final ScriptedPowerShell powerShell = new ScriptedPowerShell();
  private SshHost host = SshHost.builder().user(MinaClient.ADMIN).start();
  private MinaClient mina = new MinaClient(host);

  @AfterEach
  @Timeout(30)
  void leavesNothingBehind() throws Exception {
    mina.close();
    try {
      Leftovers.awaitNone(host);
    } finally {
      host.close();
    }
    Leftovers.assertNoThreads();
  }

  private void script() {
    mina.close();
    host.close();
    host = SshHost.builder().user(MinaClient.ADMIN).powerShell(powerShell).start();
    mina = new MinaClient(host);
  }

  private static String launch(String script) {
    PowerShellLaunch launch = PowerShellLaunch.announcing(script, Carrier.INLINE, 30_000);
    return "powershell.exe " + String.join(" ", launch.arguments()) + "\nexit $LASTEXITCODE";
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 255, 256, 1000, -1, Integer.MIN_VALUE, 0xC0000005})
  void exitCodesHaveAllTheirBits(int exitCode) throws Exception {
    script();
    powerShell.whenScriptContains("x").thenReturn(Result.of(exitCode, "", ""));

    Call call = MinaClient.call(mina.logIn(), launch("x")).open(LONG);

    assertEquals(exitCode, call.exitStatus());
  }

  @Test
  void channelsRunSideBySideOnOneSession() throws Exception {
    ClientSession session = mina.logIn();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(MinaClient.call(session, "cat; exit " + i).open(LONG));
    }
    assertEquals(20, host.openChannels());

    for (int i = 0; i < 20; i++) {
      calls.get(i).send("input " + i);
      assertEquals(i, calls.get(i).exitStatus());
      assertEquals("input " + i, calls.get(i).stdout.toString(UTF_8));
    }
  }

  @Test
  void aReaderThatIsSlowHoldsTheCommandBackAndNobodyElse() throws Exception {
    ClientSession session = mina.logIn();
    ChannelExec slow =
        session.createExecChannel(
            "head -c 20000000 /dev/zero; : > '%s'".formatted(folder.resolve("written")));
    slow.open().verify(LONG);
    InputStream output = slow.getInvertedOut();

    assertEquals(3, MinaClient.call(session, "exit 3").open(LONG).exitStatus());
    assertFalse(Files.exists(folder.resolve("written")));
    assertEquals(20_000_000, output.readAllBytes().length);
  }

  @Test
  void aProcessGoesOnWhenTheSessionHasEnded() throws Exception {
    ClientSession session = mina.logIn();
    Path go = folder.resolve("go");
    Path done = folder.resolve("done");
    MinaClient.call(
            session, "cat; while [ ! -e '%s' ]; do sleep 0.02; done; : > '%s'".formatted(go, done))
        .open(LONG);
    session.close(true);
    Waiting.until(() -> host.openSessions() == 0);

    assertTrue(host.openProcesses() > 0);
    Files.createFile(go);

    Waiting.until(() -> Files.exists(done));
  }

  @Test
  void aScriptedProcessIsEndedByItsIdFromASecondChannel() throws Exception {
    script();
    powerShell.whenScriptContains("x").after(Duration.ofDays(1)).thenReturn(Result.of(0, "", ""));
    ClientSession session = mina.logIn();
    Call call = MinaClient.call(session, launch("x")).open(LONG);
    Waiting.until(() -> call.stderr.toString(UTF_8).endsWith("\n"));
    long id = Long.parseLong(call.stderr.toString(UTF_8).replaceAll("\\D", ""));

    Call end =
        MinaClient.call(session, launch(ProcessTreeEnd.script(id, Duration.ofSeconds(5))))
            .open(LONG);

    assertEquals(0, end.exitStatus());
    assertEquals(137, call.exitStatus());
    assertEquals(0, powerShell.openProcesses());
  }

  @Test
  void closingTheHostEndsScriptedProcesses() throws Exception {
    script();
    powerShell.whenScriptContains("x").after(Duration.ofDays(1)).thenReturn(Result.of(0, "", ""));
    Call call = MinaClient.call(mina.logIn(), launch("x")).open(LONG);
    Waiting.until(() -> host.openProcesses() == 1);

    host.close();

    assertEquals(0, host.openProcesses());
    assertTrue(call.sees(ClientChannelEvent.CLOSED, LONG));
  }
}
