package io.psconnect.ssh.internal.sftp;

import java.io.IOException;

/** The server has refused a request. */
final class SftpStatusException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int NO_SUCH_FILE = 2;

  private final int code;

  SftpStatusException(int code, String message) {
    super("%s (SFTP status %d)".formatted(message.isBlank() ? "no reason given" : message, code));
    this.code = code;
  }

  boolean isNoSuchFile() {
    return code == NO_SUCH_FILE;
  }
}
