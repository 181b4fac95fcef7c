package io.psconnect.cli;

/** What has to work before a script can run on a host. */
enum CheckStage {
  /** Comes before the host is tried, and is of interest only where it fails. */
  KNOWN_HOSTS("known hosts", ""),
  REACH("reach", "ok"),
  HOST_KEY("host key", "accepted"),
  LISTENER("listener", "ok"),
  TLS("TLS", "ok"),
  /** This and the two after it are why credentials may fail that are right. */
  ENCRYPTION("unencrypted", ""),
  SPN("SPN", ""),
  CLOCK("clock", ""),
  AUTHENTICATION("authentication", "ok"),
  CREDENTIALS("credentials", "ok"),
  SHELL("shell", "ok"),
  POWERSHELL("PowerShell", "ok");

  private final String title;
  private final String success;

  CheckStage(String title, String success) {
    this.title = title;
    this.success = success;
  }

  String title() {
    return title;
  }

  String success() {
    return success;
  }
}
