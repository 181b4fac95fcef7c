package io.psconnect.winrm.internal.auth;

import java.util.Optional;

/**
 * The credentials of one user for one host, from which each HTTP connection logs in anew. Safe for
 * many threads.
 */
public interface Login extends AutoCloseable {

  /**
   * A login for one HTTP connection.
   *
   * @param channelBinding the application data of RFC 5929's {@code tls-server-end-point}: that
   *     prefix, a colon and the hash of the host's certificate; empty without TLS
   * @throws LoginException if the credentials cannot be used, with words for the user
   */
  SecurityContext begin(Optional<byte[]> channelBinding) throws LoginException;

  /** Wipes the credentials. */
  @Override
  void close();
}
