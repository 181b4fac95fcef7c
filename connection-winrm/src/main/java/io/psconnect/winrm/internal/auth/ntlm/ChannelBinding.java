package io.psconnect.winrm.internal.auth.ntlm;

import io.psconnect.winrm.internal.auth.LoginException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How NTLM names the TLS channel that a login belongs to (MS-NLMP 2.2.2.1, MsvAvChannelBindings).
 */
final class ChannelBinding {
  private static final int NONE_SIZE = 16;

  /** The addresses of both sides, which are left empty: a type and a length each. */
  private static final int ADDRESSES_SIZE = 16;

  private ChannelBinding() {}

  /** The MD5 hash of gss_channel_bindings_struct (RFC 2744 3.11); zeros without TLS. */
  static byte[] hash(Optional<byte[]> applicationData) throws LoginException {
    return applicationData.isEmpty()
        ? new byte[NONE_SIZE]
        : Algorithms.md5(structure(applicationData.get()));
  }

  private static byte[] structure(byte[] data) {
    ByteBuffer bytes = ByteBuffer.allocate(ADDRESSES_SIZE + Integer.BYTES + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).position(ADDRESSES_SIZE);
    return bytes.putInt(data.length).put(data).array();
  }
}
