package readme.unittest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.psconnect.Result;
import io.psconnect.testkit.FakeRunner;
import org.junit.jupiter.api.Test;
import readme.application.DiskCheck;

class DiskCheckTest {
  private final FakeRunner host = new FakeRunner();

  @Test
  void aFullDriveHasNoRoom() throws Exception {
    host.whenScriptContains("DriveInfo").thenReturn(Result.of(0, "4096\r\n", ""));

    assertFalse(new DiskCheck(host).hasRoom("C:", 1 << 20));
    assertEquals("C:", FakeRunner.inputOf(host.scripts().get(0)));
  }
}
