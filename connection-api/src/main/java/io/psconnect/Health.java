package io.psconnect;

import java.time.Duration;
import java.util.Objects;

/**
 * What a host said of itself in a {@linkplain Connection#healthcheck() health check}.
 *
 * @param powerShellVersion {@code $PSVersionTable.PSVersion}, for instance {@code 5.1.20348.2700}
 * @param edition {@code $PSVersionTable.PSEdition}: {@code Desktop} or {@code Core}
 * @param operatingSystem {@code [Environment]::OSVersion}, for instance {@code Microsoft Windows NT
 *     10.0.20348.0}
 * @param duration how long the check took, PowerShell's start included
 */
public record Health(
    String powerShellVersion, String edition, String operatingSystem, Duration duration) {

  /**
   * Refuses nulls.
   *
   * @param powerShellVersion {@code $PSVersionTable.PSVersion}
   * @param edition {@code $PSVersionTable.PSEdition}
   * @param operatingSystem {@code [Environment]::OSVersion}
   * @param duration how long the check took
   */
  public Health {
    Objects.requireNonNull(powerShellVersion, "powerShellVersion");
    Objects.requireNonNull(edition, "edition");
    Objects.requireNonNull(operatingSystem, "operatingSystem");
    Objects.requireNonNull(duration, "duration");
  }
}
