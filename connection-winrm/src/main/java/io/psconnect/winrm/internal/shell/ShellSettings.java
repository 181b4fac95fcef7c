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

  /**
   * With an operation timeout that suits: the host has to say that there is nothing yet before
   * nobody waits for its answer any more.
   *
   * @param requestTimeout for one message and its answer; zero for none
   */
  public static ShellSettings of(
      String url, String powerShell, int maxShells, Duration requestTimeout) {
    Duration half = requestTimeout.dividedBy(2);
    boolean fits = requestTimeout.isZero() || half.compareTo(OPERATION_TIMEOUT) > 0;
    return new ShellSettings(url, powerShell, maxShells, fits ? OPERATION_TIMEOUT : half);
  }
}
