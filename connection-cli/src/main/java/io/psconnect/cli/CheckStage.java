package io.psconnect.cli;

import io.psconnect.ConnectionException;

/** What has to work, one after the other, before a script can run on a host. */
enum CheckStage {
  /** Comes before the host is tried, and is of interest only where it fails. */
  KNOWN_HOSTS("known hosts", ""),
  REACH("reach", "ok"),
  HOST_KEY("host key", "accepted"),
  AUTHENTICATION("authentication", "ok"),
  POWERSHELL("PowerShell", "ok");

  private final String title;
  private final String success;

  CheckStage(String title, String success) {
    this.title = title;
    this.success = success;
  }

  /** Where this failed: what a phase does not tell of host keys, the words do. */
  static CheckStage of(ConnectionException failure) {
    return switch (failure.phase()) {
      case LOOKUP, CONNECT -> connecting(failure.getMessage());
      case AUTHENTICATE -> AUTHENTICATION;
      case START, RUN, COPY, CLOSE -> POWERSHELL;
    };
  }

  private static CheckStage connecting(String message) {
    if (!message.contains("host key of ")) {
      return REACH;
    }
    return message.contains(" cannot be checked") ? KNOWN_HOSTS : HOST_KEY;
  }

  /** A process on this machine needs the last alone. */
  boolean isOfRemoteHosts() {
    return this != POWERSHELL;
  }

  String title() {
    return title;
  }

  String success() {
    return success;
  }
}
