package io.psconnect;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * What came of a script that ran to its end: its output, its error text and its exit code.
 *
 * <p>An exit code other than zero is a result, not an exception: {@code exit N} gives N, an
 * uncaught error or a failed last statement gives 1, as PowerShell has it for {@code
 * -EncodedCommand}.
 */
public final class Result {
  private final int exitCode;
  private final byte[] stdout;
  private final byte[] stderr;
  private final Duration duration;
  private final boolean truncated;

  private Result(int exitCode, byte[] stdout, byte[] stderr, Duration duration, boolean truncated) {
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.stderr = stderr;
    this.duration = duration;
    this.truncated = truncated;
  }

  /**
   * A complete result of text that took no time: for fakes and tests.
   *
   * @param exitCode the exit code
   * @param stdout the standard output
   * @param stderr the error text
   * @return the result
   */
  public static Result of(int exitCode, String stdout, String stderr) {
    byte[] out = Objects.requireNonNull(stdout, "stdout").getBytes(StandardCharsets.UTF_8);
    byte[] err = Objects.requireNonNull(stderr, "stderr").getBytes(StandardCharsets.UTF_8);
    return new Result(exitCode, out, err, Duration.ZERO, false);
  }

  /**
   * A result of bytes.
   *
   * @param exitCode the exit code, all 32 bits that the host gave
   * @param stdout the standard output, UTF-8 unless the script wrote something else; copied
   * @param stderr the error text in UTF-8, without CLIXML; copied
   * @param duration from the start of the call to its end
   * @param truncated whether output was let go
   * @return the result
   */
  public static Result ofBytes(
      int exitCode, byte[] stdout, byte[] stderr, Duration duration, boolean truncated) {
    Objects.requireNonNull(stdout, "stdout");
    Objects.requireNonNull(stderr, "stderr");
    Objects.requireNonNull(duration, "duration");
    return new Result(exitCode, stdout.clone(), stderr.clone(), duration, truncated);
  }

  /**
   * The exit code.
   *
   * @return all 32 bits as the host gave them; a host on Unix gives 0 to 255
   */
  public int exitCode() {
    return exitCode;
  }

  /**
   * Whether the exit code is zero.
   *
   * @return true if it is
   */
  public boolean succeeded() {
    return exitCode == 0;
  }

  /**
   * The standard output as text, read as UTF-8; bytes that are not UTF-8 become U+FFFD.
   *
   * @return with the host's line ends: CRLF from Windows
   */
  public String stdout() {
    return GeneralizedUtf8.decode(stdout);
  }

  /**
   * The error text: error, warning, verbose and debug records in their order, and what native
   * programs wrote, without CLIXML, progress, information records and colour codes.
   *
   * @return with the host's line ends
   */
  public String stderr() {
    return GeneralizedUtf8.decode(stderr);
  }

  /**
   * The standard output as it came.
   *
   * @return a copy
   */
  public byte[] stdoutBytes() {
    return stdout.clone();
  }

  /**
   * The error text's bytes: native programs may have written some that are not UTF-8.
   *
   * @return a copy
   */
  public byte[] stderrBytes() {
    return stderr.clone();
  }

  /**
   * How long the call took, from its start until its result was known.
   *
   * @return zero for a result made by hand
   */
  public Duration duration() {
    return duration;
  }

  /**
   * Whether output was let go because it went over the {@linkplain Script#withOutputLimit(int)
   * limit}.
   *
   * @return false if the output is complete
   */
  public boolean truncated() {
    return truncated;
  }

  /** Shows the exit code, sizes and duration, never the output: it may hold secrets. */
  @Override
  public String toString() {
    return "Result[exitCode=%d, stdout=%d bytes, stderr=%d bytes, %d ms%s]"
        .formatted(
            exitCode,
            stdout.length,
            stderr.length,
            duration.toMillis(),
            truncated ? ", truncated" : "");
  }
}
