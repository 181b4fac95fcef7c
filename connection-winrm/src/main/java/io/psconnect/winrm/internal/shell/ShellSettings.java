package io.psconnect.winrm.internal.shell;

import java.time.Duration;

/**
 * How shells are used.
 *
 * @param url where messages go, for instance {@code http://host:5985/wsman}
 * @param powerShell what starts PowerShell on the host
 * @param maxShells how many shells may be open at once
 * @param operationTimeout how long the host waits for a command to say something before it answers
 *     that there is nothing yet
 */
public record ShellSettings(
    String url, String powerShell, int maxShells, Duration operationTimeout) {
  /** The longest that hosts allow by default (MaxTimeoutms). */
  private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(60);

  /** Checks what is known. */
  public ShellSettings {
    if (maxShells < 1) {
      throw new IllegalArgumentException(
          "maxShells is %d; it must be 1 or more".formatted(maxShells));
    }
  }

  /** With the usual operation timeout. */
  public static ShellSettings of(String url, String powerShell, int maxShells) {
    return new ShellSettings(url, powerShell, maxShells, OPERATION_TIMEOUT);
  }
}
