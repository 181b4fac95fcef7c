package io.psconnect.powershell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoaderTest {
  private static final String PREPARE =
      "$ProgressPreference='SilentlyContinue';"
          + "try{[System.Console]::InputEncoding=[System.Console]::OutputEncoding="
          + "$OutputEncoding=[System.Text.UTF8Encoding]::new()}"
          + "catch{if($ExecutionContext.SessionState.LanguageMode-ne'FullLanguage')"
          + "{throw 'PSCONNECT-CONSTRAINED-LANGUAGE'}};"
          + "if($PSStyle){$PSStyle.OutputRendering='PlainText'};";
  private static final String COMPILE =
      "{param($t)try{[scriptblock]::Create($t)}"
          + "catch{try{[scriptblock]::Create($t.Substring(0,$t.Length-18))}"
          + "catch{throw $_.Exception.InnerException.Message}}}";

  @Test
  void plainLoaderIsExactlyThis() {
    assertEquals(PREPARE + ". (&" + COMPILE + " 'x')", Loader.PLAIN.command("'x'"));
  }

  @Test
  void loaderWithInputIsExactlyThis() {
    assertEquals(
        PREPARE
            + ". {param(${ })${ }=&"
            + COMPILE
            + " ${ };if(${ }.Ast.Find({$args[0].VariablePath.UserPath-eq'input'},$false))"
            + "{&{while($null-ne($l=[System.Console]::In.ReadLine())){$l}}|. ${ }}"
            + "else{. ${ }};if(!$?){exit 1}} 'x'",
        Loader.WITH_INPUT.command("'x'"));
  }

  @Test
  void sizesLeaveRoomForAScriptInCmdExe() {
    assertEquals(479, Loader.PLAIN.command("").length());
    assertEquals(664, Loader.WITH_INPUT.command("").length());
    assertEquals(1154, Loader.STANDBY.command("").length());
  }

  @Test
  void announcementComesAfterTheEncodingsAndBeforeTheRest() {
    String styles = "if($PSStyle)";
    assertEquals(
        Loader.PLAIN
            .command("'x'")
            .replace(styles, "[System.Console]::Error.Write(\"PSCONNECT-PID $PID`n\");" + styles),
        Loader.PLAIN.announcingCommand("'x'"));
  }

  /** A loader that mentioned it would have the host read standard input before the script runs. */
  @ParameterizedTest
  @EnumSource(Loader.class)
  void loadersDoNotMentionTheVariableThemselves(Loader loader) {
    assertEquals(Loader.PLAIN, Loader.of(loader.command("")));
    assertFalse(loader.command("").contains("\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"$input", "${input}", "\"a $INPUT\"", "f @input", "$inputs", "'$input' # no"})
  void scriptThatMayReadPipedLinesGetsThem(String script) {
    assertEquals(Loader.WITH_INPUT, Loader.of(script));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "[Console]::OpenStandardInput()", "Get-Content input.txt", "$in"})
  void scriptThatDoesNotMentionThemIsPlain(String script) {
    assertEquals(Loader.PLAIN, Loader.of(script));
  }

  @ParameterizedTest
  @EnumSource(Loader.class)
  void sourceIsFoundAgain(Loader loader) {
    assertEquals(Optional.of("'x'"), loader.source(loader.command("'x'")));
    assertEquals(Optional.of("'x'"), loader.source(loader.announcingCommand("'x'")));
    assertTrue(loader.isAnnouncing(loader.announcingCommand("'x'")));
    assertFalse(loader.isAnnouncing(loader.command("'x'")));
    assertEquals(Optional.empty(), loader.source("'x'"));
    assertEquals(Optional.empty(), loader.source(""));
  }
}
