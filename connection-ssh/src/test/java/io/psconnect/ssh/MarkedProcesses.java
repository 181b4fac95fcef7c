package io.psconnect.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Processes that inherited a variable, by which they are found again when their parents are gone.
 */
final class MarkedProcesses {
  private final String variable = "PSCONNECT_SSHD=" + UUID.randomUUID();

  /** What to put into the environment: name and value. */
  String variable() {
    return variable;
  }

  List<ProcessHandle> alive() {
    return ProcessHandle.allProcesses().filter(this::hasVariable).toList();
  }

  private boolean hasVariable(ProcessHandle process) {
    Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      return Files.readString(environment, StandardCharsets.ISO_8859_1).contains(variable);
    } catch (IOException e) {
      return false; // it has ended, or is somebody else's
    }
  }
}
