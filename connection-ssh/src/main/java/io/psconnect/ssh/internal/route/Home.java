package io.psconnect.ssh.internal.route;

import java.nio.file.Path;

/** The home folder of the user of this process. */
final class Home {
  private Home() {}

  static String folder() {
    return System.getProperty("user.home");
  }

  static Path ssh() {
    return Path.of(folder(), ".ssh");
  }

  /** Puts the folder in place of a leading {@code ~}. */
  static String expand(String path) {
    return path.equals("~") || path.startsWith("~/") ? folder() + path.substring(1) : path;
  }
}
