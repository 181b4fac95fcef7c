package io.psconnect.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.testkit.contract.RequiresProgram;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A few calls where code pages and line ends are those of Windows. */
@RequiresProgram("powershell.exe")
class WindowsJsonTest {
  @RegisterExtension static final PwshJson WINDOWS = new PwshJson("powershell.exe");

  @Test
  void textNumbersAndListsComeBackAsTheyWent() throws Exception {
    Map<String, Object> params =
        Map.of("value", List.of("wörld 日本 \uD83D\uDE00\r\n", BigInteger.TWO.pow(70), List.of()));
    assertEquals(
        params.get("value").toString(),
        WINDOWS.runner().list("$params.value|%{,$_}", params, Object.class).toString());
  }

  @Test
  void anErrorComesWithItsPlace() {
    ScriptFailedException failure =
        assertThrows(
            ScriptFailedException.class,
            () -> WINDOWS.runner().call("\r\n throw 'wörld'", null, String.class));
    assertEquals("wörld", failure.error().orElseThrow().message());
    assertEquals(2, failure.error().orElseThrow().position().orElseThrow().line());
  }
}
