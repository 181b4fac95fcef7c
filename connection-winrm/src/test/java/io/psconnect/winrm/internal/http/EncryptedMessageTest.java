package io.psconnect.winrm.internal.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.psconnect.winrm.internal.auth.Sealed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EncryptedMessageTest {
  private static final String WIRE =
      "--Encrypted Boundary\r\n"
          + "\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
          + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=5\r\n"
          + "--Encrypted Boundary\r\n"
          + "\tContent-Type: application/octet-stream\r\n"
          + "\3\0\0\0abcEDATA"
          + "--Encrypted Boundary--\r\n";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void itIsWrittenAsTheSpecificationShowsIt() {
    byte[] written =
        EncryptedMessage.write(FakeLogin.TYPE, 5, new Sealed(bytes("abc"), bytes("EDATA")));
    assertEquals(WIRE, new String(written, StandardCharsets.ISO_8859_1));
  }

  private static void assertRead(String header, String data, byte[] wire) throws Exception {
    Sealed sealed = EncryptedMessage.read(wire);
    assertArrayEquals(bytes(header), sealed.header());
    assertArrayEquals(bytes(data), sealed.data());
  }

  @Test
  void itIsReadAsItIsWrittenAndAsExchangeWritesIt() throws Exception {
    assertRead("abc", "EDATA", bytes(WIRE));
    assertRead("abc", "EDATA", bytes(WIRE.replace("--Enc", "-- Enc")));
    assertRead("abc", "EDATA", bytes(WIRE.substring(0, WIRE.length() - 2)));
    assertRead("abc", "EDATA", bytes(WIRE.replace("\tContent-Type: app", "Content-type:app")));
  }

  @Test
  void whatIsSealedMayLookLikeABoundary() throws Exception {
    String data = "\r\n--Encrypted Boundary\r\n--Encrypted Boundary--\r\n";
    for (String header : new String[] {"", data, "--Encrypted Boundary--"}) {
      byte[] wire =
          EncryptedMessage.write(
              FakeLogin.TYPE, data.length(), new Sealed(bytes(header), bytes(data)));
      assertRead(header, data, wire);
    }
  }

  @Test
  void aMessageThatIsCutAnywhereIsRefused() {
    byte[] wire = bytes(WIRE);
    for (int length = 0; length < wire.length - 2; length++) {
      byte[] cut = Arrays.copyOf(wire, length);
      assertThrows(
          NotHttpException.class, () -> EncryptedMessage.read(cut), "cut at " + cut.length);
    }
  }

  @Test
  void lengthsThatCannotBeAreRefused() {
    for (String length : new String[] {"\377\377\377\377", "\377\377\377\177", "\11\0\0\0"}) {
      byte[] wire = bytes(WIRE.replace("\3\0\0\0", length));
      assertThrows(NotHttpException.class, () -> EncryptedMessage.read(wire));
    }
  }

  @Test
  void headersWithoutEndAreRefused() {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(bytes("--Encrypted Boundary\r\n"));
    wire.writeBytes(bytes("\tX: y\r\n".repeat(1_000_000)));
    assertThrows(NotHttpException.class, () -> EncryptedMessage.read(wire.toByteArray()));
    byte[] noLine = new byte[1_000_000];
    assertThrows(NotHttpException.class, () -> EncryptedMessage.read(noLine));
  }
}
