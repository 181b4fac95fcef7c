package io.psconnect.ssh.internal.sftp;

import java.io.IOException;

/** A file cannot go by SFTP; nothing has been sent. */
final class SftpUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean lasting;

  /**
   * @param lasting whether it will be so for the next file
   */
  SftpUnavailableException(String message, boolean lasting, Throwable cause) {
    super(message, cause);
    this.lasting = lasting;
  }

  boolean isLasting() {
    return lasting;
  }
}
