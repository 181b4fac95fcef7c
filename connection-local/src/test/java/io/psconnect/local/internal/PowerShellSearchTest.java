package io.psconnect.local.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerShellSearchTest {
  @TempDir Path first;
  @TempDir Path second;

  @Test
  void pwshComesBeforeWindowsPowerShellWhereverTheyStand() throws Exception {
    program(first, "powershell.exe");
    Path pwsh = program(second, "pwsh");
    assertEquals(Optional.of(pwsh), search().first(PowerShellSearch.DEFAULT_NAMES));
  }

  @Test
  void windowsPowerShellIsTakenWhereThereIsNoOther() throws Exception {
    Path powershell = program(second, "powershell");
    assertEquals(Optional.of(powershell), search().first(PowerShellSearch.DEFAULT_NAMES));
  }

  @Test
  void earlierFolderOfPathWins() throws Exception {
    Path here = program(first, "pwsh");
    program(second, "pwsh");
    assertEquals(Optional.of(here), search().first(List.of("pwsh")));
  }

  @Test
  void fileThatIsNotExecutableIsPassedOver() throws Exception {
    Files.createFile(first.resolve("pwsh"));
    Path pwsh = program(second, "pwsh");
    assertEquals(Optional.of(pwsh), search().first(List.of("pwsh")));
  }

  @Test
  void windowsFindsANameWithoutItsSuffix() throws Exception {
    Path pwsh = program(first, "pwsh.exe");
    PowerShellSearch onWindows = new PowerShellSearch(first.toString(), true);
    assertEquals(Optional.of(pwsh), onWindows.first(List.of("pwsh")));
  }

  @Test
  void saysWhatItTriedAndWhyNot() throws Exception {
    Path plainFile = Files.createFile(first.resolve("plain"));
    PowerShellSearch search = search();
    search.first(List.of("pwsh", "/nope/pwsh", first.toString(), plainFile.toString()));
    assertEquals(
        "pwsh on PATH, /nope/pwsh (does not exist), %s (is a directory), %s (is not executable)"
            .formatted(first, plainFile),
        search.tried());
  }

  private PowerShellSearch search() {
    return new PowerShellSearch(first + File.pathSeparator + second, false);
  }

  private static Path program(Path folder, String name) throws IOException {
    Path program = Files.createFile(folder.resolve(name));
    program.toFile().setExecutable(true);
    return program;
  }
}
