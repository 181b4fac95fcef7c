package io.psconnect.testkit.winrm;

/** The host's side of one login, and the sealing after it. For one thread at a time. */
interface HostContext extends AutoCloseable {
  /**
   * Takes a client's token.
   *
   * @return the answer, which may be empty
   * @throws RefusedLogin if the client is not let in
   */
  byte[] accept(byte[] token) throws RefusedLogin;

  boolean isEstablished();

  /** Who has logged in, as {@code DOMAIN\\user} or {@code user@REALM}. */
  String user();

  /** Whether the client's token was bound to the TLS channel. */
  boolean isBound();

  byte[] unseal(byte[] header, byte[] data) throws RefusedLogin;

  SealedMessage seal(byte[] message);

  @Override
  void close();

  /** A sealed message, split as MS-WSMV 2.2.9.1 wants. */
  record SealedMessage(byte[] header, byte[] data) {}
}
