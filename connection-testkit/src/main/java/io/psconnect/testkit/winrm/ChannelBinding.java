package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The hash that stands for a TLS channel within a login. */
final class ChannelBinding {
  private ChannelBinding() {}

  /**
   * MD5 of gss_channel_bindings_struct (MS-NLMP 2.2.2.1, MsvAvChannelBindings; RFC 4121 4.1.1.2):
   * no addresses, of which type and length are 0 each, then the application data.
   */
  static byte[] hash(byte[] applicationData) {
    byte[] head =
        ByteBuffer.allocate(5 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(4 * Integer.BYTES, applicationData.length)
            .array();
    return NtlmCrypto.md5(head, applicationData);
  }
}
