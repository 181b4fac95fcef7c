package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SftpAnswerTest {
  @Test
  void statusZeroIsSuccess() {
    assertDoesNotThrow(answer(SftpAnswer.STATUS, 0, "Success", "en")::requireOk);
  }

  @Test
  void refusalHasTheServersWordsAndItsNumber() {
    SftpAnswer answer = answer(SftpAnswer.STATUS, 3, "Permission denied", "en");
    SftpStatusException failure = assertThrows(SftpStatusException.class, answer::requireOk);
    assertEquals("Permission denied (SFTP status 3)", failure.getMessage());
    assertEquals(false, failure.isNoSuchFile());
  }

  @Test
  void refusalMayBeWithoutWords() {
    SftpAnswer answer = answer(SftpAnswer.STATUS, 2);
    SftpStatusException failure = assertThrows(SftpStatusException.class, answer::handle);
    assertEquals("no reason given (SFTP status 2)", failure.getMessage());
    assertEquals(true, failure.isNoSuchFile());
  }

  @Test
  void handleIsTakenAsItIs() throws Exception {
    assertArrayEquals(new byte[] {0, 0, 0, 7}, answer(SftpAnswer.HANDLE, "\0\0\0\7").handle());
  }

  @Test
  void extensionsComeWithTheVersion() throws Exception {
    SftpAnswer answer =
        answer(SftpAnswer.VERSION, 3, "posix-rename@openssh.com", "1", "limits@openssh.com", "1");
    assertEquals(
        Map.of("posix-rename@openssh.com", "1", "limits@openssh.com", "1"), answer.extensions());
  }

  @Test
  void limitOfWritesIsTheThirdOfFour() throws Exception {
    assertEquals(3, answer(SftpAnswer.EXTENDED_REPLY, 1L, 2L, 3L, 4L).mostInWrite());
  }

  @Test
  void answerToAnotherQuestionIsRefused() {
    StreamCorruptedException failure =
        assertThrows(StreamCorruptedException.class, answer(SftpAnswer.HANDLE, "x")::extensions);
    assertEquals("the SFTP server sent a packet of type 102 instead of 2", failure.getMessage());
  }

  @Test
  void packetThatEndsTooEarlyIsRefused() {
    StreamCorruptedException failure =
        assertThrows(StreamCorruptedException.class, answer(SftpAnswer.HANDLE, 5)::handle);
    assertEquals("the SFTP server sent a packet that ends too early", failure.getMessage());
  }

  private static SftpAnswer answer(int type, Object... fields) {
    ByteBuffer body = ByteBuffer.allocate(1000);
    for (Object field : fields) {
      if (field instanceof Integer number) {
        body.putInt(number);
      } else if (field instanceof Long number) {
        body.putLong(number);
      } else {
        byte[] text = field.toString().getBytes(StandardCharsets.UTF_8);
        body.putInt(text.length).put(text);
      }
    }
    return new SftpAnswer(type, body.flip());
  }
}
