package io.psconnect.powershell;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends a PowerShell process that was given up, and all that it has started, by a script in a second
 * PowerShell on the same host, for backends that cannot reach the process otherwise. PowerShell 7
 * does it by {@code Process.Kill(true)}, Windows PowerShell by {@code taskkill /T}.
 */
public final class ProcessTreeEnd {
  private static final String END = PowerShellSource.lines("end-process-tree.ps1");
  private static final Pattern VALUES =
      Pattern.compile("\\$id=(?<id>\\d{1,18})\n\\$patience=(?<patience>\\d{1,9})\n");

  private ProcessTreeEnd() {}

  /**
   * The script. Its exit code is 0 when the end of the process was seen, or there was no such
   * PowerShell process any more.
   *
   * @param processId as {@link ProcessAnnouncement} reads it
   * @param patience how long it waits for the end, to the millisecond
   * @return the script's text
   */
  public static String script(long processId, Duration patience) {
    return script(Long.toString(processId), Long.toString(patience.toMillis()));
  }

  private static String script(String processId, String patience) {
    return END.replace("<id>", processId).replace("<patience>", patience);
  }

  /**
   * The process that such a script ends, for whoever plays PowerShell's part.
   *
   * @param script the text of a script
   * @return empty if it is no such script
   */
  public static OptionalLong processId(String script) {
    Matcher values = VALUES.matcher(Objects.requireNonNull(script, "script"));
    boolean ours =
        values.lookingAt() && script.equals(script(values.group("id"), values.group("patience")));
    return ours ? OptionalLong.of(Long.parseLong(values.group("id"))) : OptionalLong.empty();
  }
}
