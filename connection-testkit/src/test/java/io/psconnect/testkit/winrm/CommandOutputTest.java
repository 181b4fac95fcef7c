package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CommandOutputTest {
  private final CommandOutput output = new CommandOutput();

  /** The process of a lost shell may be gone before whoever waits for its output has woken. */
  @Test
  void whatWasClosedTellsOfNoEnd() throws Exception {
    output.stream("stdout").write("said".getBytes(StandardCharsets.UTF_8));
    output.abandon();
    output.ended();
    output.exited(0);
    WsmanFault fault = assertThrows(WsmanFault.class, this::take);
    assertEquals(WsmanFault.commandNotFound().getMessage(), fault.getMessage());
  }

  private CommandOutput.Batch take() throws Exception {
    return output.take(1 << 16, Duration.ZERO, () -> false);
  }
}
