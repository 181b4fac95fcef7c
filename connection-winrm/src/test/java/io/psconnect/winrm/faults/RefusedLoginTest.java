package io.psconnect.winrm.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.AuthenticationException;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import io.psconnect.SessionDroppedException;
import io.psconnect.testkit.winrm.WinRmFault;
import io.psconnect.testkit.winrm.WinRmOperation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A password that is changed in mid-call: few wrong logins more, and the account is locked. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusedLoginTest {
  /** After which the host says that there is no output yet, and is asked anew. */
  private static final Duration SHORT = Duration.ofMillis(500);

  @AfterEach
  void noThreadIsLeft() {
    Leaks.requireNone();
  }

  /** Each process that waits may have been about to log in when the first was refused. */
  @ParameterizedTest(name = "sealed: {0}, standby {1}")
  @CsvSource({"true, 0", "false, 0", "true, 2"})
  void passwordThatIsChangedInMidCallIsHardlyShownAgain(boolean sealed, int standby)
      throws Exception {
    try (FaultyHost faulty = host(sealed)) {
      try (Connection connection = Connections.of(faulty.options().standby(standby).build())) {
        connection.open();
        CompletableFuture<Object> call = inBackground(connection);
        awaitReceive(faulty);
        Waiting.until(faulty.host::toString, () -> faulty.host.openCommands() >= standby);
        faulty.host.inject(WinRmFault.loginRefused());
        ExecutionException e =
            assertThrows(ExecutionException.class, () -> call.get(20, TimeUnit.SECONDS));
        SessionDroppedException lost =
            assertInstanceOf(SessionDroppedException.class, e.getCause());
        assertEquals(ScriptState.MAY_HAVE_RUN, lost.scriptState());
        assertInstanceOf(AuthenticationException.class, lost.getCause());
      }
      int refused = faulty.host.refusedAuthentications();
      assertTrue(refused <= 2 + standby, () -> refused + " logins were refused");
    }
  }

  /** Each has a shell's command of its own, which asks for output and has to be ended. */
  @ParameterizedTest(name = "sealed: {0}")
  @CsvSource({"true", "false"})
  void manyCallsDoNotEachShowIt(boolean sealed) throws Exception {
    int calls = 8;
    try (FaultyHost faulty = host(sealed)) {
      try (Connection connection = Connections.of(faulty.options().build())) {
        connection.open();
        List<CompletableFuture<Object>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
          all.add(inBackground(connection));
          Waiting.until(faulty.host::toString, () -> faulty.host.openCommands() == all.size());
        }
        faulty.host.inject(WinRmFault.loginRefused());
        for (CompletableFuture<Object> call : all) {
          assertThrows(ExecutionException.class, () -> call.get(20, TimeUnit.SECONDS));
        }
      }
      int refused = faulty.host.refusedAuthentications();
      assertTrue(refused < calls, () -> refused + " logins were refused");
    }
  }

  private static FaultyHost host(boolean sealed) {
    return sealed
        ? FaultyHost.sealed(host -> host.maxOperationTimeout(SHORT))
        : FaultyHost.plain(host -> host.maxOperationTimeout(SHORT));
  }

  private static CompletableFuture<Object> inBackground(Connection connection) {
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete(connection.runScript(Script.of("hold")));
              } catch (Exception e) {
                outcome.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return outcome;
  }

  private static void awaitReceive(FaultyHost faulty) {
    Waiting.until(
        faulty.host::toString,
        () ->
            faulty.startsOf("hold") == 1
                && faulty.host.operations().contains(WinRmOperation.RECEIVE));
  }
}
