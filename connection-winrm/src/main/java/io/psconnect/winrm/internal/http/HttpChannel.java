package io.psconnect.winrm.internal.http;

import io.psconnect.ConnectionException;
import io.psconnect.Phase;
import io.psconnect.spi.Deadline;

/**
 * Carries SOAP messages to the host and its answers back, by HTTP/1.1 on connections that are its
 * own: logged in once each, sealed where that was agreed, kept for the next message. Safe for many
 * threads; each message has a connection to itself for as long as it takes.
 */
public interface HttpChannel extends AutoCloseable {

  /**
   * Sends a message and waits for the answer.
   *
   * @param message a SOAP envelope in UTF-8
   * @param phase for the errors
   * @param deadline by which the answer must have come
   * @return the answer: HTTP status 200 or 500 with a SOAP envelope
   * @throws ConnectionException of the type that fits; its script state is NOT_STARTED if the host
   *     cannot have acted on the message: no connection, no login, the message not sent to its last
   *     byte, or refused as HTTP (401, 413)
   * @throws InterruptedException if the thread was interrupted; the connection is given up
   */
  Answer send(byte[] message, Phase phase, Deadline deadline)
      throws ConnectionException, InterruptedException;

  /** Closes all connections; messages that are under way fail. Wipes the credentials. */
  @Override
  void close();

  /**
   * What the host said.
   *
   * @param status 200, or 500 with a fault
   * @param body the SOAP envelope, in the clear
   */
  record Answer(int status, byte[] body) {}
}
