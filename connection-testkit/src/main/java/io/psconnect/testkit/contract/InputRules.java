package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.ConnectionException;
import io.psconnect.Script;
import io.psconnect.ScriptState;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Standard input reaches the script, however it reads it, and always has an end. */
public interface InputRules extends ContractRules {

  /**
   * {@code $input} gives the lines.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-01",
      reason = "A launcher that mentions $input itself, or reads ahead, takes the lines away.")
  default void inputVariableGivesTheLines() throws Exception {
    Script script = Script.of("foreach ($line in $input) { \"<$line>\" }");
    assertEquals(
        List.of("<\u00fc\u65e5>", "<>", "<last>"),
        host().lines(script.withInput("\u00fc\u65e5\n\nlast")));
  }

  /**
   * {@code [Console]::In} gives the text.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-02",
      reason = "PowerShell reads UTF-8 input in the host's code page unless told otherwise.")
  default void consoleInGivesTheText() throws Exception {
    Script script = Script.of("\"$([int[]][char[]][Console]::In.ReadToEnd())\"");
    assertEquals(
        List.of("252 26085 13 10 120"), host().lines(script.withInput("\u00fc\u65e5\r\nx")));
  }

  /**
   * The raw stream gives the bytes, each of the 256.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-03",
      reason = "Input that is text on the way cannot carry a file or a key.")
  default void rawStreamGivesTheBytes() throws Exception {
    byte[] bytes = new byte[70_000];
    new Random(3).nextBytes(bytes);
    Script script =
        Script.of(
            "$out = [Console]::OpenStandardOutput();"
                + " [Console]::OpenStandardInput().CopyTo($out); $out.Flush()");
    assertArrayEquals(bytes, host().run(script.withInput(bytes)).stdoutBytes());
  }

  /**
   * A native program that the script starts reads the input.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-04",
      reason = "What a launcher has read ahead never reaches the programs the script starts.")
  default void nativeProgramReadsTheInput() throws Exception {
    host().need(Capability.NATIVE_INPUT);
    Script script =
        Script.of(
            "& (Get-Process -Id $PID).Path -NoLogo -NoProfile -NonInteractive -Command"
                + " '[Console]::Out.Write([Console]::In.ReadToEnd())'");
    assertEquals(List.of("one", "two"), host().lines(script.withInput("one\ntwo\n")));
  }

  /**
   * Input that is empty has an end.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-05",
      reason = "Scripts that wait for the end of an input nobody gave hang: masterzen#82 #104.")
  default void emptyInputHasAnEnd() throws Exception {
    BackgroundCall<String> call =
        BackgroundCall.start(() -> host().said("[Console]::In.ReadToEnd().Length"));
    assertEquals("0", call.answer(host().patience()));
  }

  /**
   * A script need not read its input.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-06",
      reason = "A full pipe that nobody reads must not hold, or fail, a script that has ended.")
  default void scriptMayIgnoreItsInput() throws Exception {
    Script script = Script.of("'bye'; exit 4").withInput(new byte[2 << 20]);
    BackgroundCall<Integer> call = BackgroundCall.start(() -> host().run(script).exitCode());
    assertEquals(4, call.answer(host().patience()));
  }

  /**
   * Megabytes of input arrive whole.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-07",
      reason = "Input beyond an envelope or a window was cut or never ended: pywinrm#271.")
  default void megabytesOfInputArriveWhole() throws Exception {
    byte[] bytes = new byte[8 << 20];
    new Random(7).nextBytes(bytes);
    Script script =
        Script.of(
            "[BitConverter]::ToString([Security.Cryptography.SHA256]::Create()"
                + ".ComputeHash([Console]::OpenStandardInput())).Replace('-', '')");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
    assertEquals(
        List.of(HexFormat.of().withUpperCase().formatHex(digest)),
        host().lines(script.withInput(bytes)));
  }

  /**
   * Where the input cannot be opened nothing is started.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-08",
      reason = "A script that runs without its data may do the wrong thing, and be run again.")
  default void inputThatCannotBeOpenedStartsNothing() throws Exception {
    String file = host().join(host().existingFolder(), "trace");
    Script script =
        Script.of("[IO.File]::WriteAllText(%s, 'x')".formatted(ContractHost.literal(file)))
            .withInput(
                () -> {
                  throw new IOException("the safe is locked");
                });
    ConnectionException failure = assertThrows(ConnectionException.class, () -> host().run(script));
    assertEquals(ScriptState.NOT_STARTED, failure.scriptState());
    assertTrue(failure.getMessage().contains("the safe is locked"), failure.getMessage());
    assertEquals("absent", host().sha256(file));
  }

  /**
   * The script sees input while more is still to come.
   *
   * @throws Exception if it does not hold, or could not be tried
   */
  @ContractRule(
      id = "INPUT-09",
      reason = "Input gathered before it is sent costs memory without bound, and stalls dialogues.")
  default void inputArrivesBeforeItsEnd() throws Exception {
    Overheard overheard = new Overheard();
    DialogueInput input = new DialogueInput("first\n");
    Script script =
        Script.of("[Console]::In.ReadLine(); $null = [Console]::In.ReadToEnd()")
            .withInput(input)
            .withListener(overheard);
    BackgroundCall<Integer> call = BackgroundCall.start(() -> host().run(script).exitCode());
    try {
      assertEquals("first", overheard.firstLine(host().patience()));
    } finally {
      input.end();
    }
    assertEquals(0, call.answer(host().patience()));
  }
}
