package io.psconnect.winrm.internal.auth;

import java.time.Instant;
import java.util.Optional;

/**
 * The client's side of one login by tokens, and the sealing of messages after it. It belongs to one
 * HTTP connection, and is used by one thread at a time.
 */
public interface SecurityContext extends AutoCloseable {

  /** The word before the token in the headers: {@code Negotiate} or {@code Kerberos}. */
  String scheme();

  /**
   * The media type of what is sealed, for instance {@code
   * application/HTTP-SPNEGO-session-encrypted}.
   */
  String sealedType();

  /**
   * The next token for the host.
   *
   * @param token what the host has sent; empty before the first
   * @return empty if the host needs nothing more
   * @throws LoginException if the host's token cannot be what it should be, or no ticket is to be
   *     had
   */
  byte[] next(byte[] token) throws LoginException;

  /** Whether the host needs nothing more from us, as far as we know, and messages can be sealed. */
  boolean isEstablished();

  /**
   * What is to be looked at if the host has refused the login and has not said why.
   *
   * @param hostsTime what the host's clock said when it refused, if that is known
   */
  default Suspicion suspicion(Optional<Instant> hostsTime) {
    return Suspicion.ofUser();
  }

  /** Seals a message. */
  Sealed seal(byte[] message) throws LoginException;

  /**
   * Opens a message of the host's.
   *
   * @throws LoginException if it was changed, replayed, or sealed by another
   */
  byte[] unseal(Sealed sealed) throws LoginException;

  /** Wipes the keys. */
  @Override
  void close();
}
