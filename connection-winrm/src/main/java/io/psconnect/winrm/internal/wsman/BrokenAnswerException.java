package io.psconnect.winrm.internal.wsman;

/** An answer that is not what WS-Management allows. Its message ends a sentence on the answer. */
public final class BrokenAnswerException extends Exception {
  private static final long serialVersionUID = 1;

  BrokenAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
