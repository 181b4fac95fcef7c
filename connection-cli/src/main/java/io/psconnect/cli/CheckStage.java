package io.psconnect.cli;

/** What has to work before a script can run on a host. */
enum CheckStage {
  /** This and the next come before the host is tried, and are of interest only where they fail. */
  CONFIGURATION("configuration", ""),
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
