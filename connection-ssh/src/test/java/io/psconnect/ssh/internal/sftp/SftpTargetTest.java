package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SftpTargetTest {
  @ParameterizedTest
  @CsvSource({
    "C:\\x, /C:/",
    "c:/x, /c:/",
    "/C:/x, /C:/",
    "C:\\a b\\c/x, /C:/a b/c/",
    "/x, /",
    "/a/b/x, /a/b/",
    "/C:x/y, /C:x/",
    "/a\\b/x\\y, /a\\b/"
  })
  void theTemporaryFileStandsBesideTheTarget(String path, String folder) {
    SftpTarget target = SftpTarget.of(path).orElseThrow();
    assertEquals(path, target.path());
    assertEquals(folder + target.temporaryName(), target.temporaryPath());
    assertTrue(target.temporaryName().matches("\\.[0-9a-f]{32}\\.part"), target.temporaryName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"C:\\x", "c:/x", "/C:/x"})
  void driveLettersAreSeen(String path) {
    assertTrue(SftpTarget.of(path).orElseThrow().isOnDrive());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "/C/x", "/1:/x", "/C:x"})
  void otherPathsAreOnNoDrive(String path) {
    assertEquals(false, SftpTarget.of(path).orElseThrow().isOnDrive());
  }

  @Test
  void windowsSharesHaveNoNameInSftp() {
    assertEquals(Optional.empty(), SftpTarget.of("\\\\server\\share\\x"));
  }

  @Test
  void noTwoTemporaryNamesAreTheSame() {
    assertNotEquals(
        SftpTarget.of("/x").orElseThrow().temporaryName(),
        SftpTarget.of("/x").orElseThrow().temporaryName());
  }
}
