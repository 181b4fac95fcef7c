package com.example.hyperv;

import java.time.Duration;
import java.time.Instant;

/** A virtual machine, as the client's callers know it. */
public record Vm(String name, State state, long memory, Duration uptime, Instant created) {

  /** What a machine does; PowerShell gives an enum's name. */
  public enum State {
    Off,
    Starting,
    Running
  }
}
