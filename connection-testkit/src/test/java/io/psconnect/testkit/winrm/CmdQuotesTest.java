package io.psconnect.testkit.winrm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines and what cmd.exe makes of them are its own description's, {@code cmd /?}. */
class CmdQuotesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          echo "a b"                         | echo "a b"
          "powershell.exe -NoLogo"           | powershell.exe -NoLogo
          "powershell.exe" -NoLogo           | powershell.exe -NoLogo
          "C:\\Program Files\\pwsh.exe" -NoLogo | "C:\\Program Files\\pwsh.exe" -NoLogo
          "C:\\Program Files (x86)\\pwsh.exe" -x | C:\\Program Files (x86)\\pwsh.exe -x
          "C:\\Program Files\\pwsh.exe" "a b"   | C:\\Program Files\\pwsh.exe" "a b
          ""C:\\Program Files\\pwsh.exe" "a b"" | "C:\\Program Files\\pwsh.exe" "a b"
          "                                  | ``
          "open                              | open
          """,
      delimiter = '|')
  void takesOffWhatEnclosesTheLine(String line, String left) {
    assertEquals(left, CmdQuotes.removed(line));
  }
}
