package io.psconnect.winrm.internal.auth.ntlm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Who logs in, and to what: all that one login needs besides the host's challenge.
 *
 * @param domain of the user; may be empty
 * @param name of the user
 * @param responseKey NTOWFv2; wiped by {@link #close()}
 * @param channelBinding the hash of the TLS channel's bindings, or zeros
 * @param target the service's name, for instance {@code HTTP/build01}; may be empty
 */
record NtlmUser(
    String domain, String name, byte[] responseKey, byte[] channelBinding, String target)
    implements AutoCloseable {

  /** Binds a login to the TLS channel and the service (MS-NLMP 3.1.5.1.2). */
  void addTo(TargetInfo info) {
    info.put(TargetInfo.CHANNEL_BINDINGS, channelBinding);
    info.remove(TargetInfo.TARGET_NAME);
    if (!target.isEmpty()) {
      info.put(TargetInfo.TARGET_NAME, target.getBytes(StandardCharsets.UTF_16LE));
    }
  }

  @Override
  public String toString() {
    return domain.isEmpty() ? name : domain + "\\" + name;
  }

  @Override
  public void close() {
    Arrays.fill(responseKey, (byte) 0);
  }
}
