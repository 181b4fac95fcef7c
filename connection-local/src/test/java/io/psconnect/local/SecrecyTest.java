package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.ConnectionTimeoutException;
import io.psconnect.Connections;
import io.psconnect.OutputListener;
import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Looks for a sentinel where no secret may be. */
@Isolated(
    "It reads the command lines of this Java machine's children, so no other test may have any.")
@RequiresProgram("pwsh")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecrecyTest {
  private static final String SENTINEL = "hunter2-sentinel";
  private static final String WAIT_FOR_INPUT =
      "'ready'; [Console]::In.ReadLine().Length; [Console]::In.ReadToEnd().Length";

  @Test
  void processTableShowsNoInput() throws Exception {
    assertFalse(processTable(Script.of(WAIT_FOR_INPUT)).contains(SENTINEL));
  }

  @Test
  void processTableShowsTheTextOfAnInlineScriptAndNotOfAFramedOne() throws Exception {
    Script script = Script.of("#" + SENTINEL + "\n" + WAIT_FOR_INPUT);
    assertTrue(processTable(script.withCarrier(Carrier.INLINE)).contains(SENTINEL));
    assertFalse(processTable(script.withCarrier(Carrier.FRAMED)).contains(SENTINEL));
  }

  /** The decoded command lines of our children while a script has read its secret input. */
  private static String processTable(Script script) throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    OutputListener onReady =
        new OutputListener() {
          @Override
          public void onStdout(ByteBuffer chunk) {
            seen.addAll(commandLines());
          }
        };
    try (Connection connection = Connections.open("local:?powershell=pwsh")) {
      connection.runScript(script.withInput(SENTINEL + "\nmore").withListener(onReady));
    }
    assertFalse(seen.isEmpty());
    return String.join("\n", seen);
  }

  private static Set<String> commandLines() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> process.info().commandLine().stream())
        .map(SecrecyTest::decoded)
        .collect(Collectors.toSet());
  }

  private static String decoded(String commandLine) {
    String last = commandLine.substring(commandLine.lastIndexOf(' ') + 1);
    byte[] utf16 = Base64.getDecoder().decode(last);
    return commandLine + "\n" + new String(utf16, java.nio.charset.StandardCharsets.UTF_16LE);
  }

  @Test
  void exceptionShowsNeitherScriptNorInput() throws Exception {
    try (Connection connection = Connections.open("local:?powershell=pwsh")) {
      Script script =
          Script.of("$x='%s'; while($true){}".formatted(SENTINEL))
              .withInput(SENTINEL)
              .withTimeout(Duration.ofMillis(500));
      ConnectionTimeoutException e =
          assertThrows(ConnectionTimeoutException.class, () -> connection.runScript(script));
      StringWriter stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack));
      assertEquals(-1, stack.toString().indexOf(SENTINEL), stack.toString());
    }
  }
}
