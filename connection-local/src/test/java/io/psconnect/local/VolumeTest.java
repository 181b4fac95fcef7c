package io.psconnect.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import io.psconnect.Connection;
import io.psconnect.Connections;
import io.psconnect.OutputListener;
import io.psconnect.Result;
import io.psconnect.Script;
import io.psconnect.testkit.contract.RequiresProgram;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes that no recording holds: scripts up to 1 MB, input up to 64 MB, output up to 100 MB. */
@RequiresProgram("pwsh")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VolumeTest {
  private static final String HASH_INPUT =
      "$s=[Console]::OpenStandardInput();"
          + "[BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($s))"
          + ".Replace('-','').ToLower()";

  private static Connection connection;

  @BeforeAll
  static void open() throws Exception {
    connection = Connections.open(LocalOptions.builder().powerShell("pwsh").build());
  }

  @AfterAll
  static void close() {
    connection.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 2_600, 48_000, 50_000, 300_000, 1_000_000})
  void scriptOfAnySizeArrivesWhole(int size) throws Exception {
    String script = size == 1 ? "7" : scriptOf(size);
    assertEquals(size, script.length());
    Result result = connection.runScript(script);
    assertEquals(size == 1 ? "7" : Integer.toString(size), result.stdout().strip());
    assertEquals("", result.stderr());
  }

  /** Its second line says how long the text was that PowerShell was given, the tail included. */
  private static String scriptOf(int size) {
    String say = "'%d'#".formatted(size);
    return say + "x".repeat(size - say.length());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_096, 65_536, 65_537, 1_000_000, 64_000_000})
  void inputOfAnySizeArrivesUnchanged(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    for (Carrier carrier : new Carrier[] {Carrier.INLINE, Carrier.FRAMED}) {
      Script script = Script.of(HASH_INPUT).withInput(bytes).withCarrier(carrier);
      assertEquals(
          Recording.sha256(bytes), connection.runScript(script).stdout().strip(), carrier.name());
    }
  }

  @Test
  void hundredMegabytesOfOutputArriveWhole() throws Exception {
    Result result = connection.runScript(bytesOnStdout(100));
    byte[] expected = new byte[100_000_000];
    Arrays.fill(expected, (byte) 'x');
    assertTrue(Arrays.equals(expected, result.stdoutBytes()));
    assertFalse(result.truncated());
  }

  @Test
  void outputOverTheLimitIsReadToldAndLetGoAndTheResultSaysSo() throws Exception {
    AtomicLong told = new AtomicLong();
    OutputListener counter =
        new OutputListener() {
          @Override
          public void onStdout(ByteBuffer chunk) {
            told.addAndGet(chunk.remaining());
          }
        };
    Result result =
        connection.runScript(
            Script.of(bytesOnStdout(20)).withOutputLimit(1000).withListener(counter));
    assertEquals(1000, result.stdoutBytes().length);
    assertTrue(result.truncated());
    assertEquals(20_000_000, told.get());
    assertEquals(0, result.exitCode());
  }

  private static String bytesOnStdout(int megabytes) {
    return "$b=[byte[]]::new(1000000);for($i=0;$i -lt $b.Length;$i++){$b[$i]=120};"
        + "$o=[Console]::OpenStandardOutput();"
        + "for($i=0;$i -lt %d;$i++){$o.Write($b,0,$b.Length)}".formatted(megabytes);
  }

  @Test
  void bothStreamsMayBeLargeAtOnce() throws Exception {
    Result result =
        connection.runScript(
            "$b=[byte[]]::new(100000);for($i=0;$i -lt $b.Length;$i++){$b[$i]=120};"
                + "$o=[Console]::OpenStandardOutput();$e=[Console]::OpenStandardError();"
                + "for($i=0;$i -lt 100;$i++){$o.Write($b,0,$b.Length);$e.Write($b,0,$b.Length)}");
    assertEquals(10_000_000, result.stdoutBytes().length);
    assertEquals(10_000_000, result.stderrBytes().length);
  }

  @ParameterizedTest
  @EnumSource(
      value = Carrier.class,
      names = {"INLINE", "FRAMED"})
  void nulCharactersInScriptAndInputArrive(Carrier carrier) throws Exception {
    Script script =
        Script.of("'a\0b'.Length; [Console]::In.ReadToEnd().Length")
            .withInput("x\0\0y")
            .withCarrier(carrier);
    assertEquals("3,4", String.join(",", connection.runScript(script).stdout().lines().toList()));
  }

  @Test
  void loneSurrogatesInTheScriptArrive() throws Exception {
    Result result = connection.runScript("[int]'a\uD83Db'[1]; [int]'\uDE00'[0]");
    assertEquals("55357,56832", String.join(",", result.stdout().lines().toList()));
  }

  @Test
  void loneSurrogatesInErrorsAreKept() throws Exception {
    Result result = connection.runScript("Write-Error ('a' + [char]0xD83D + 'b'); 'o'");
    assertTrue(result.stderr().contains("a\uD83Db"), result.stderr());
  }

  @Test
  void inputThatTheScriptDoesNotReadDoesNotKeepItFromEnding() throws Exception {
    byte[] bytes = "x".repeat(10_000_000).getBytes(StandardCharsets.UTF_8);
    Result result = connection.runScript(Script.of("'done'").withInput(bytes));
    assertEquals("done", result.stdout().strip());
  }
}
