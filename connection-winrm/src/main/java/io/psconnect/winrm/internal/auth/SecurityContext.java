package io.psconnect.winrm.internal.auth;

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
