package io.psconnect.testkit.winrm;

import java.util.Optional;

/** A way for users to log in to the host by tokens. Safe for many threads. */
interface HostLogin {
  /** What the host offers in {@code WWW-Authenticate}: {@code Negotiate}, {@code Kerberos}. */
  String scheme();

  /**
   * The host's side of one login on one connection.
   *
   * @param channelBinding the application data that the client must have bound, if it bound any:
   *     {@code tls-server-end-point:} and the certificate's hash; empty without TLS
   */
  HostContext begin(Optional<byte[]> channelBinding);
}
