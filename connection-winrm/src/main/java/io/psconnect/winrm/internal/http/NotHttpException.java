package io.psconnect.winrm.internal.http;

import java.io.IOException;

/** What came is not HTTP, or more of it than anybody needs. */
final class NotHttpException extends IOException {
  private static final long serialVersionUID = 1;

  NotHttpException(String message, Throwable cause) {
    super(message, cause);
  }
}
