package io.psconnect.ssh.internal.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The packets as draft-ietf-secsh-filexfer-02 writes them down, byte by byte. */
class SftpRequestTest {
  private static final byte[] HANDLE = {7, 8};

  @Test
  void initAsksForVersionThree() {
    assertEquals("00000005 01 00000003", hex(SftpRequest.init(), 4, 1, 4));
  }

  @Test
  void openWritesToWhatIsThere() {
    assertEquals(
        "00000015 03 00000002 00000004 2f78c3bc 00000002 00000000",
        hex(SftpRequest.open(2, "/x\u00fc"), 4, 1, 4, 4, 4, 4, 4));
  }

  @Test
  void createWritesToWhatIsNotThere() {
    assertEquals(
        "00000013 03 00000002 00000002 2f78 0000002a 00000000",
        hex(SftpRequest.create(2, "/x"), 4, 1, 4, 4, 2, 4, 4));
  }

  @Test
  void removeNamesThePath() {
    assertEquals(
        "0000000b 0d 00000006 00000002 2f78", hex(SftpRequest.remove(6, "/x"), 4, 1, 4, 4, 2));
  }

  @Test
  void closeNamesTheHandle() {
    assertEquals(
        "0000000b 04 00000003 00000002 0708", hex(SftpRequest.close(3, HANDLE), 4, 1, 4, 4, 2));
  }

  @Test
  void extensionHasItsName() {
    assertEquals(
        "0000000b c8 00000004 00000002 6162", hex(SftpRequest.extended(4, "ab"), 4, 1, 4, 4, 2));
  }

  @Test
  void writeIsMadeAroundTheBytesOfTheFile() {
    int overhead = SftpRequest.writeOverhead(HANDLE);
    ByteBuffer request = ByteBuffer.allocate(100).position(overhead);
    request.put(new byte[] {1, 2, 3}).flip();
    assertEquals(
        "0000001a 06 00000005 00000002 0708 0000000100000000 00000003 010203",
        hex(SftpRequest.write(5, HANDLE, 1L << 32, request), 4, 1, 4, 4, 2, 8, 4, 3));
  }

  private static String hex(ByteBuffer packet, int... fields) {
    StringBuilder text = new StringBuilder();
    for (int field : fields) {
      byte[] bytes = new byte[field];
      packet.get(bytes);
      text.append(' ').append(HexFormat.of().formatHex(bytes));
    }
    assertEquals(0, packet.remaining(), "bytes behind the last field");
    return text.substring(1);
  }
}
