package io.psconnect.winrm.internal.auth.ntlm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psconnect.winrm.internal.auth.LoginException;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelBindingTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void withoutTlsItIsZeros() throws LoginException {
    assertArrayEquals(new byte[16], ChannelBinding.hash(Optional.empty()));
  }

  /** The example of Microsoft's "NTLM and Channel Binding Hash". */
  @Test
  void theHashIsThatOfMicrosoftsExample() throws LoginException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes("tls-server-end-point:".getBytes(US_ASCII));
    data.writeBytes(
        HEX.parseHex("ea05fefecc6b0bd571dbbc5baa3ed45386d0446835f7b74c85621b9983475f95"));
    byte[] hash = ChannelBinding.hash(Optional.of(data.toByteArray()));
    assertEquals("6586e99d81c2fc984e47172fd4dd0310", HEX.formatHex(hash));
  }
}
