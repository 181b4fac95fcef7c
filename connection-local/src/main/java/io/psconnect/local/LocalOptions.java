package io.psconnect.local;

import io.psconnect.ConnectionOptions;
import io.psconnect.spi.OptionChecks;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Options of the backend {@code local}. Immutable. */
public final class LocalOptions implements ConnectionOptions {
  /** The backend's id. */
  public static final String BACKEND = "local";

  private final String powerShell;
  private final Duration commandTimeout;
  private final int standby;

  private LocalOptions(Builder builder) {
    powerShell = builder.powerShell;
    commandTimeout = builder.commandTimeout;
    standby = builder.standby;
  }

  /**
   * The PowerShell on PATH, and five minutes for a script.
   *
   * @return the defaults
   */
  public static LocalOptions defaults() {
    return builder().build();
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from these options.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.powerShell = powerShell;
    builder.commandTimeout = commandTimeout;
    builder.standby = standby;
    return builder;
  }

  @Override
  public String backend() {
    return BACKEND;
  }

  /**
   * Which PowerShell is started.
   *
   * @return a path or a name on PATH; empty for the first of {@code pwsh}, {@code powershell.exe}
   *     and {@code powershell} on PATH
   */
  public Optional<String> powerShell() {
    return Optional.ofNullable(powerShell);
  }

  /**
   * How long a script may take that does not say so itself.
   *
   * @return five minutes by default; zero for any time
   */
  public Duration commandTimeout() {
    return commandTimeout;
  }

  /**
   * How many PowerShell processes wait for a call.
   *
   * @return zero by default
   */
  public int standby() {
    return standby;
  }

  @Override
  public String toString() {
    return "LocalOptions[powerShell=%s, commandTimeout=%s, standby=%d]"
        .formatted(powerShell().orElse("from PATH"), commandTimeout, standby);
  }

  /** Builds options. Not safe for use by several threads. */
  public static final class Builder {
    private String powerShell;
    private Duration commandTimeout = Duration.ofMinutes(5);
    private int standby;

    private Builder() {}

    /**
     * Which PowerShell to start.
     *
     * @param pathOrName a path, or a name that is looked up on PATH when the connection is opened;
     *     the default is the first of {@code pwsh}, {@code powershell.exe} and {@code powershell}
     * @return this
     * @throws IllegalArgumentException if it is blank
     */
    public Builder powerShell(String pathOrName) {
      if (Objects.requireNonNull(pathOrName, "powerShell").isBlank()) {
        throw new IllegalArgumentException(
            "powerShell is blank; it must be a path or a name on PATH, such as pwsh");
      }
      powerShell = pathOrName;
      return this;
    }

    /**
     * How long a script may take that does not say so itself.
     *
     * @param timeout zero for any time; the default is five minutes
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public Builder commandTimeout(Duration timeout) {
      commandTimeout = OptionChecks.timeout("commandTimeout", timeout);
      return this;
    }

    /**
     * How many PowerShell processes to keep started and waiting, so that a call need not wait for
     * one to start. Each serves one call. They cost memory, some 100 MB each, and three threads
     * each.
     *
     * @param processes from 0, the default, to 100
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public Builder standby(int processes) {
      standby = OptionChecks.between("standby", processes, 0, 100);
      return this;
    }

    /**
     * Makes the options.
     *
     * @return the options
     */
    public LocalOptions build() {
      return new LocalOptions(this);
    }
  }
}
