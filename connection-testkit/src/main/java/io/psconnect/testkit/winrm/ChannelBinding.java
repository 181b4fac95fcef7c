package io.psconnect.testkit.winrm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Optional;

/** What the host wants of a login's binding to the TLS channel. */
record ChannelBinding(Optional<byte[]> applicationData, boolean required) {

  /**
   * Compares with what the client is bound to.
   *
   * @param hash empty if it is bound to nothing
   * @return whether it is bound
   */
  boolean check(byte[] hash) throws RefusedLogin {
    if (hash.length == 0) {
      if (required && applicationData.isPresent()) {
        throw new RefusedLogin("The client is not bound to the TLS channel, and has to be", null);
      }
      return false;
    }
    if (applicationData.isEmpty() || !MessageDigest.isEqual(hash, hash(applicationData.get()))) {
      throw new RefusedLogin(
          "The client is bound to another channel than this: somebody is in between", null);
    }
    return true;
  }

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
