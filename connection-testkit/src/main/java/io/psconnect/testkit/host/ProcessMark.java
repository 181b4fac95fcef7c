package io.psconnect.testkit.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A mark in the environment of a process, by which its descendants are known even when their
 * parents have ended. It can be read on Linux only; elsewhere nobody seems to carry it.
 */
public record ProcessMark(String value) {
  private static final String VARIABLE = "PSCONNECT_TESTHOST";
  private static final Path PROCESSES = Path.of("/proc");

  /** Where the session stands in {@code stat}, after the program's name in parentheses. */
  private static final int SESSION = 3;

  public static ProcessMark create() {
    return new ProcessMark(UUID.randomUUID().toString());
  }

  public void put(Map<String, String> environment) {
    environment.put(VARIABLE, value);
  }

  /** Without daemons, which have left the session: nobody waits for those, nor ends them. */
  public Stream<ProcessHandle> carriers() {
    String session = session(ProcessHandle.current());
    return ProcessHandle.allProcesses()
        .filter(this::isCarriedBy)
        .filter(process -> session(process).equals(session));
  }

  private boolean isCarriedBy(ProcessHandle process) {
    return read(process, "environ").contains(VARIABLE + "=" + value);
  }

  private static String session(ProcessHandle process) {
    String stat = read(process, "stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return fields.length > SESSION ? fields[SESSION] : "";
  }

  private static String read(ProcessHandle process, String file) {
    try {
      Path path = PROCESSES.resolve(String.valueOf(process.pid())).resolve(file);
      return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
