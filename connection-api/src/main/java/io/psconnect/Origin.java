package io.psconnect;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where something failed.
 *
 * @param backend the backend's id, for instance {@code ssh}
 * @param host the host as a person would name it, for instance {@code build01:22}; no credentials;
 *     empty where there is none to name
 * @param phase what was going on
 */
public record Origin(String backend, String host, Phase phase) implements Serializable {

  /**
   * Refuses nulls.
   *
   * @param backend the backend's id
   * @param host the host as a person would name it, or empty
   * @param phase what was going on
   */
  public Origin {
    Objects.requireNonNull(backend, "backend");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(phase, "phase");
  }

  /** For instance {@code ssh build01:22, authenticating}. */
  @Override
  public String toString() {
    String place = host.isEmpty() ? backend : backend + " " + host;
    return place + ", " + phase.description();
  }
}
