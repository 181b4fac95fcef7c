package com.example.hyperv;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** A virtual machine, as the client's callers know it. */
public record Vm(String name, State state, long memory, Duration uptime, Instant created) {

  /** What a machine does; PowerShell gives an enum's name. */
  public enum State {
    Off,
    Starting,
    Running,
    Pausing,
    Paused,
    Resuming,
    Saving,
    Saved,
    Stopping,
    /** Any other. Windows has had more with each version; none may make a whole list unreadable. */
    Other;

    @JsonCreator
    static State of(String name) {
      return Stream.of(values()).filter(s -> s.name().equals(name)).findFirst().orElse(Other);
    }
  }
}
