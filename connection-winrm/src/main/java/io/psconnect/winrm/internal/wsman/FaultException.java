package io.psconnect.winrm.internal.wsman;

import java.util.Objects;

/** The host has answered with a fault. */
public final class FaultException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  FaultException(Fault fault) {
    super(fault.toString());
    this.fault = Objects.requireNonNull(fault, "fault");
  }

  /** What it said. */
  public Fault fault() {
    return fault;
  }
}
