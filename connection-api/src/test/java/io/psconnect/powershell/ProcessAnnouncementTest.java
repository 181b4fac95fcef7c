package io.psconnect.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessAnnouncementTest {
  private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
  private final ProcessAnnouncement announcement = new ProcessAnnouncement(rest::write);

  private String restOf(String stderr, int chunk) {
    byte[] bytes = stderr.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i += chunk) {
      announcement.write(bytes, i, Math.min(chunk, bytes.length - i));
    }
    announcement.finish();
    return rest.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lineIsTakenOffAndRead() {
    assertEquals("#< CLIXML\r\n", restOf("PSCONNECT-PID 4711\n#< CLIXML\r\n", 1000));
    assertEquals(OptionalLong.of(4711), announcement.processId());
  }

  @Test
  void whatALoginShellSaidBeforeStays() {
    assertEquals("Welcome!\n\nrest", restOf("Welcome!\n\nPSCONNECT-PID 1\nrest", 3));
    assertEquals(OptionalLong.of(1), announcement.processId());
  }

  @Test
  void idCanBeWaitedFor() {
    CompletableFuture<OptionalLong> id = announcement.awaitedId();
    byte[] line = "PSCONNECT-PID 4711\n".getBytes(StandardCharsets.UTF_8);
    announcement.write(line, 0, line.length - 1);
    assertFalse(id.isDone());
    announcement.write(line, line.length - 1, 1);
    assertEquals(OptionalLong.of(4711), id.getNow(null));
  }

  @Test
  void idThatNeverCameIsNotWaitedForBeyondTheEnd() {
    CompletableFuture<OptionalLong> id = announcement.awaitedId();
    restOf("PSCONNECT-PID 47", 1000);
    assertEquals(OptionalLong.empty(), id.getNow(null));
  }

  @Test
  void secondLineOfTheKindIsTheScripts() {
    assertEquals("PSCONNECT-PID 2\n", restOf("PSCONNECT-PID 1\nPSCONNECT-PID 2\n", 1000));
    assertEquals(OptionalLong.of(1), announcement.processId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PSCONNECT-PID ",
        "PSCONNECT-PID 17",
        "PSCONNECT-PID \n",
        "PSCONNECT-PID x\n",
        "PSCONNECT-PID 1x\n",
        "PSCONNECT-PID 1\r\n",
        "xPSCONNECT-PID 1\n",
        "PSCONNECT-PID 12345678901234567890\n",
        "PSCONNECT-PIX 1\n"
      })
  void whatIsNotTheLineStays(String stderr) {
    assertEquals(stderr, restOf(stderr, 1));
    assertEquals(OptionalLong.empty(), announcement.processId());
  }

  @Property
  void nothingElseIsLostHoweverItIsCut(
      @ForAll @StringLength(max = 50) String before,
      @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long id,
      @ForAll @Size(max = 100) byte[] after,
      @ForAll @IntRange(min = 1, max = 20) int chunk) {
    String shell = before.isEmpty() ? "" : before.replace("PSCONNECT", "") + "\n";
    String text = new String(after, StandardCharsets.ISO_8859_1);
    ProcessAnnouncementTest fresh = new ProcessAnnouncementTest();
    String stderr = shell + "PSCONNECT-PID " + id + "\n" + text;
    byte[] expected = (shell + text).getBytes(StandardCharsets.UTF_8);
    assertEquals(new String(expected, StandardCharsets.UTF_8), fresh.restOf(stderr, chunk));
    assertEquals(OptionalLong.of(id), fresh.announcement.processId());
  }
}
