package io.psconnect.powershell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Carrier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PowerShellLaunchTest {
  private static final int CMD_EXE = 8191;

  @Test
  void inlineScriptIsALiteralInTheCommandAndNeedsNoStandardInput() {
    PowerShellLaunch launch = PowerShellLaunch.of("'it''s'", Carrier.INLINE, CMD_EXE);
    assertEquals(
        List.of("-NoLogo", "-NoProfile", "-NonInteractive", "-EncodedCommand"),
        launch.arguments().subList(0, 4));
    assertTrue(command(launch).endsWith(" '''it''''s''\n\n;if(!$?){exit 1}')"), command(launch));
    assertEquals(Carrier.INLINE, launch.carrier());
    assertEquals(0, launch.frame().length);
  }

  @Test
  void framedScriptIsOnStandardInputAndNotInTheCommand() {
    PowerShellLaunch launch = PowerShellLaunch.of("'secret ü'", Carrier.FRAMED, CMD_EXE);
    assertFalse(command(launch).contains("secret"));
    assertArrayEquals(
        "\u001D'secret ü'\n\n;if(!$?){exit 1}".getBytes(StandardCharsets.UTF_8), launch.frame());
  }

  @Test
  void framedCommandIsTheSameForAllScripts() {
    assertEquals(
        PowerShellLaunch.of("1", Carrier.FRAMED, CMD_EXE).arguments(),
        PowerShellLaunch.of("2".repeat(100_000), Carrier.FRAMED, CMD_EXE).arguments());
  }

  @Test
  void lengthOfAFrameIsInGroupsOfSevenBits() {
    byte[] frame = PowerShellLaunch.of("x".repeat(300 - 18), Carrier.FRAMED, CMD_EXE).frame();
    assertArrayEquals(new byte[] {(byte) 0xAC, 0x02}, Arrays.copyOf(frame, 2));
    assertEquals(302, frame.length);
  }

  @Test
  void automaticFillsTheCommandLineToItsLastCharacterAndThenFrames() {
    int fits = 0;
    for (int i = 2000; i < 3000; i++) {
      PowerShellLaunch launch = PowerShellLaunch.of("x".repeat(i), Carrier.AUTOMATIC, CMD_EXE);
      int length = String.join(" ", launch.arguments()).length();
      assertTrue(length <= CMD_EXE, () -> "too long: " + length);
      fits = launch.carrier() == Carrier.INLINE ? i : fits;
    }
    int longest = fits;
    assertTrue(longest >= 2500, () -> "room for " + longest);
    PowerShellLaunch full = PowerShellLaunch.of("x".repeat(fits), Carrier.AUTOMATIC, CMD_EXE);
    int exactly = String.join(" ", full.arguments()).length();
    assertEquals(
        Carrier.INLINE,
        PowerShellLaunch.of("x".repeat(fits), Carrier.AUTOMATIC, exactly).carrier());
    assertEquals(
        Carrier.FRAMED,
        PowerShellLaunch.of("x".repeat(fits), Carrier.AUTOMATIC, exactly - 1).carrier());
  }

  @Test
  void inlineByNameBeyondTheBudgetIsRefusedWithSizesAndAdvice() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PowerShellLaunch.of("x".repeat(3000), Carrier.INLINE, CMD_EXE));
    assertEquals(
        "PowerShell's arguments would be 9383 characters long, the command line has room for 8191;"
            + " send the script by the carrier FRAMED or AUTOMATIC, or shorten it",
        e.getMessage());
  }

  @ParameterizedTest
  @EnumSource(
      value = Carrier.class,
      names = {"FRAMED", "AUTOMATIC"})
  void budgetTooSmallForTheLoaderIsRefused(Carrier carrier) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> PowerShellLaunch.of("1", carrier, 100));
    assertTrue(e.getMessage().contains("has room for 100; that is the least"), e.getMessage());
  }

  @Test
  void byteOrderMarkIsTakenOffOnce() throws IOException {
    assertEquals("1", roundTrip("\uFEFF1", Carrier.INLINE));
    assertEquals("1", roundTrip("\uFEFF1", Carrier.FRAMED));
    assertEquals("\uFEFF1", roundTrip("\uFEFF\uFEFF1", Carrier.INLINE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83D", "a\\\uDE00b\\n", "\\uD83D", "\\\\\uD83D'\u2019\uD83D\uDE00", "$input\uDFFF",
        " ", "\r\n", "\0", "'", "if ("
      })
  void everyTextIsFoundAgain(String script) throws IOException {
    assertEquals(script, roundTrip(script, Carrier.INLINE));
    assertEquals(script, roundTrip(script, Carrier.FRAMED));
  }

  @Test
  void halvesOfSurrogatePairsAreSpelledInWhatTravels() {
    assertTrue(
        command(PowerShellLaunch.of("'\\\uD83D'", Carrier.INLINE, CMD_EXE))
            .contains("([regex]::Unescape('''\\\\\\uD83D''"));
    assertTrue(
        new String(
                PowerShellLaunch.of("'\\\uD83D'", Carrier.FRAMED, CMD_EXE).frame(),
                StandardCharsets.UTF_8)
            .contains("'\\\\\\uD83D'"));
  }

  @Property
  void anyScriptIsFoundAgainAndTheCallersDataIsLeft(
      @ForAll("text") String script, @ForAll byte[] data, @ForAll Carrier carrier)
      throws IOException {
    PowerShellLaunch launch = PowerShellLaunch.of(script, carrier, 1_000_000);
    InputStream stdin = new ByteArrayInputStream(concat(launch.frame(), data));
    String expected = script.startsWith("\uFEFF") ? script.substring(1) : script;
    assertEquals(expected, PowerShellLaunch.parse(launch.arguments(), stdin));
    assertArrayEquals(data, stdin.readAllBytes());
  }

  @Provide
  Arbitrary<String> text() {
    return Arbitraries.of("'", "\u2019", "\\", "\\u", "\uD83D", "\uDE00", "$input", "\n", "x", "ü")
        .list()
        .ofMaxSize(60)
        .map(pieces -> String.join("", pieces));
  }

  @Test
  void frameCutAnywhereIsTheEndOfTheInput() {
    PowerShellLaunch launch = PowerShellLaunch.of("'" + "ü".repeat(90) + "'", Carrier.FRAMED, 9000);
    byte[] frame = launch.frame();
    for (int i = 0; i < frame.length; i++) {
      InputStream cut = new ByteArrayInputStream(frame, 0, i);
      assertThrows(
          EOFException.class, () -> PowerShellLaunch.parse(launch.arguments(), cut), "at " + i);
    }
  }

  @Test
  void inputThatIsNoFrameIsSaid() {
    PowerShellLaunch launch = PowerShellLaunch.of("1", Carrier.FRAMED, CMD_EXE);
    byte[] hostile = new byte[10];
    Arrays.fill(hostile, (byte) 0xFF);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PowerShellLaunch.parse(launch.arguments(), new ByteArrayInputStream(hostile)));
    assertEquals("stdin does not begin with a script's length", e.getMessage());
  }

  @Test
  void argumentsOfAnythingElseAreRefusedWithTheReason() {
    assertRefused("expected -NoLogo -NoProfile -NonInteractive -EncodedCommand and a command");
    assertRefused("expected -NoLogo", "-NoLogo", "-File", "x.ps1");
    assertRefused(
        "its command is not Base64",
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-EncodedCommand",
        "ä");
    assertRefused(
        "its command is not the loader with a script",
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-EncodedCommand",
        encoded("exit 0"));
    assertRefused(
        "its loader is given no script",
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-EncodedCommand",
        encoded(Loader.PLAIN.command("(Get-Date)")));
    assertRefused(
        "its loader is given no script",
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-EncodedCommand",
        encoded(Loader.PLAIN.command("'no tail'")));
  }

  private static void assertRefused(String reason, String... arguments) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PowerShellLaunch.parse(List.of(arguments), InputStream.nullInputStream()));
    assertTrue(e.getMessage().startsWith("not the launch of a script: " + reason), e.getMessage());
  }

  @Test
  void constrainedLanguageIsKnownByExactlyWhatTheLoaderSays() {
    assertTrue(constrained(1, "", "Exception: PSCONNECT-CONSTRAINED-LANGUAGE\n"));
    assertTrue(constrained(1, "", "PSCONNECT-CONSTRAINED-LANGUAGE\r\nAt line:1 char:2\r\n"));
    assertFalse(constrained(0, "", "Exception: PSCONNECT-CONSTRAINED-LANGUAGE\n"));
    assertFalse(constrained(1, "x", "Exception: PSCONNECT-CONSTRAINED-LANGUAGE\n"));
    assertFalse(constrained(1, "", "At line:1\n... {throw 'PSCONNECT-CONSTRAINED-LANGUAGE'}"));
    assertFalse(constrained(1, "", ""));
  }

  private static boolean constrained(int exitCode, String stdout, String stderr) {
    return PowerShellLaunch.isConstrainedLanguage(exitCode, stdout, stderr);
  }

  @Test
  void frameBelongsToTheCaller() {
    PowerShellLaunch launch = PowerShellLaunch.of("1", Carrier.FRAMED, CMD_EXE);
    launch.frame()[0] = 99;
    assertEquals(19, launch.frame()[0]);
  }

  @Test
  void nullsAreNamed() {
    assertNullNamed("script", () -> PowerShellLaunch.of(null, Carrier.INLINE, CMD_EXE));
    assertNullNamed("carrier", () -> PowerShellLaunch.of("1", null, CMD_EXE));
    assertNullNamed("arguments", () -> PowerShellLaunch.parse(null, InputStream.nullInputStream()));
    assertNullNamed("stdin", () -> PowerShellLaunch.parse(List.of(), null));
    assertNullNamed("stdout", () -> PowerShellLaunch.isConstrainedLanguage(1, null, ""));
    assertNullNamed("stderr", () -> PowerShellLaunch.isConstrainedLanguage(1, "", null));
  }

  private static void assertNullNamed(String name, Executable call) {
    assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
  }

  private static String roundTrip(String script, Carrier carrier) throws IOException {
    PowerShellLaunch launch = PowerShellLaunch.of(script, carrier, CMD_EXE);
    return PowerShellLaunch.parse(launch.arguments(), new ByteArrayInputStream(launch.frame()));
  }

  private static String command(PowerShellLaunch launch) {
    return new String(
        Base64.getDecoder().decode(launch.arguments().get(4)), StandardCharsets.UTF_16LE);
  }

  private static String encoded(String command) {
    return Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_16LE));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first);
    all.writeBytes(second);
    return all.toByteArray();
  }
}
