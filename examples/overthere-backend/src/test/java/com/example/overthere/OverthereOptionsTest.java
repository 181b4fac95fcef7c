package com.example.overthere;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.xebialabs.overthere.ConnectionOptions;
import com.xebialabs.overthere.OperatingSystemFamily;
import com.xebialabs.overthere.ssh.SshConnectionType;
import io.psconnect.ConnectionUri;
import io.psconnect.Connections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said when the options are built, before anything is reached. */
class OverthereOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "protocol=foo | protocol is 'foo'; it must be one of local, ssh, cifs, smb",
        "powershell=%20 | powershell is blank; it must be something like pwsh",
        "protocol=ssh&os=UNX&connectionType=SCP"
            + " | os is 'UNX'; it must be one of WINDOWS, UNIX, ZOS",
        "protocol=ssh&connectionType=SCP | os is ''; it must be one of WINDOWS, UNIX, ZOS",
        "protocol=cifs&os=UNX | os is 'UNX'; it must be one of WINDOWS, UNIX, ZOS",
        "protocol=ssh&os=UNIX&connectionType=FTP | connectionType is 'FTP'; it must be one of SFTP,"
            + " SFTP_CYGWIN, SFTP_WINSSHD, SFTP_OpenSSHD, SCP, SU, SUDO, INTERACTIVE_SUDO",
        "timeout=1s | backend 'overthere' has no option 'timeout';"
            + " it has: connectionType, os, powershell, protocol"
      })
  void valueThatCannotBeRightIsRefusedByName(String query, String refusal) {
    assertRefused(refusal, "overthere://admin@build01?" + query);
  }

  @Test
  void hostAndUserAreNeededForSsh() {
    assertRefused(
        "host is ''; it must be a name or an address, such as build01 or 10.0.0.7",
        "overthere:?protocol=ssh&os=UNIX&connectionType=SCP");
    assertRefused(
        "user is blank; it must be something like admin",
        "overthere://build01?protocol=ssh&os=UNIX&connectionType=SCP");
  }

  @Test
  void optionsInCodeMayHaveOvertheresOwnConstants() {
    ConnectionOptions options = new ConnectionOptions();
    options.set(ConnectionOptions.ADDRESS, "build01");
    options.set(ConnectionOptions.USERNAME, "admin");
    options.set(ConnectionOptions.OPERATING_SYSTEM, OperatingSystemFamily.UNIX);
    options.set("connectionType", SshConnectionType.SCP);

    assertEquals("ssh", new OverthereOptions("ssh", options, "pwsh").protocol());
  }

  @Test
  void passwordDoesNotShow() {
    String uri = "overthere://admin@build01?protocol=ssh&os=UNIX&connectionType=SCP";
    OverthereOptions options =
        new OverthereProvider()
            .options(
                ConnectionUri.parse(uri).withSecret("password", "correct horse".toCharArray()));

    assertEquals("correct horse", options.options().get("password"));
    assertFalse(options.toString().contains("horse"), options.toString());
  }

  private static void assertRefused(String refusal, String uri) {
    assertEquals(
        refusal,
        assertThrows(IllegalArgumentException.class, () -> Connections.of(uri)).getMessage());
  }
}
