package io.psconnect.ssh.internal.sftp;

import io.psconnect.Carrier;
import io.psconnect.ConnectionException;
import io.psconnect.powershell.CliXmlDecoder;
import io.psconnect.powershell.PowerShellLaunch;
import io.psconnect.powershell.ReceivingScript;
import io.psconnect.spi.OutputSink;
import io.psconnect.spi.RemoteProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PowerShell on the host: it makes the temporary file, reads what is written to it, and if that is
 * what was sent gives it the target's name.
 */
final class Placement implements OutputSink, AutoCloseable {

  /** What it says about the temporary file. */
  enum Beginning {
    /** It was not there: PowerShell has made it. */
    MADE,
    /** It was there. */
    SEEN,
    /** PowerShell has ended without a word of it. */
    FAILED
  }

  private static final String MADE = "PSCONNECT-FILE-MADE";
  private static final String SEEN = "PSCONNECT-FILE-SEEN";

  private static final ReceivingScript SCRIPT =
      ReceivingScript.of(Placement.class.getResourceAsStream("place-file.ps1"))
          .with("made", MADE)
          .with("seen", SEEN);

  /** How long it has to remove the temporary file when the copy is given up. */
  private static final Duration CLEANUP_GRACE = Duration.ofSeconds(3);

  private static final Duration OUTPUT_GRACE = Duration.ofSeconds(2);
  private static final Duration KILL_GRACE = Duration.ofSeconds(10);

  private final CompletableFuture<Beginning> beginning = new CompletableFuture<>();
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final RemoteProcess process;

  Placement(SftpHost host, SftpTarget target) throws ConnectionException, InterruptedException {
    String script = SCRIPT.to(target.path(), target.temporaryName());
    PowerShellLaunch launch =
        PowerShellLaunch.announcing(script, Carrier.AUTOMATIC, host.argumentBudget());
    process = host.start(launch.arguments(), this);
    process.exitCode().whenComplete((code, failure) -> beginning.complete(Beginning.FAILED));
    tell(launch.frame());
  }

  @Override
  public void stdout(byte[] buffer, int offset, int length) {
    if (!beginning.isDone()) {
      stdout.write(buffer, offset, length);
      lookForBeginning(stdout.toString(StandardCharsets.UTF_8));
    }
  }

  /** A login shell may have said something before. */
  private void lookForBeginning(String said) {
    if (said.contains(MADE)) {
      beginning.complete(Beginning.MADE);
    } else if (said.contains(SEEN)) {
      beginning.complete(Beginning.SEEN);
    }
  }

  @Override
  public void stderr(byte[] buffer, int offset, int length) {
    stderr.write(buffer, offset, length);
  }

  /** Known at the latest when the process has ended. */
  CompletableFuture<Beginning> beginning() {
    return beginning;
  }

  /** Tells how many bytes are there by now. */
  void advance(long count) {
    tell((count + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Tells that all bytes are there, and the file is closed. */
  void finish(long count, byte[] sha256) {
    String digest = HexFormat.of().withUpperCase().formatHex(sha256);
    tell((count + " " + digest + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** A process that takes no input has ended, or will; that tells what is wrong. */
  private void tell(byte[] line) {
    try {
      process.stdin().write(line);
      process.stdin().flush();
    } catch (InterruptedIOException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      System.getLogger(Placement.class.getName())
          .log(System.Logger.Level.DEBUG, "the host's PowerShell takes no input", e);
    }
  }

  CompletableFuture<Integer> exitCode() {
    return process.exitCode();
  }

  /** Why it failed, in its own words; asked for when it has ended. */
  String reason() throws InterruptedException {
    try {
      process.outputEnd().get(OUTPUT_GRACE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // What has come until now has to do.
    }
    return new String(CliXmlDecoder.decode(stderr.toByteArray()), StandardCharsets.UTF_8).strip();
  }

  /**
   * Ends it before its time; it then removes the temporary file.
   *
   * @return whether its end was seen
   */
  boolean giveUp() throws InterruptedException {
    try {
      process.stdin().close();
      process.exitCode().get(CLEANUP_GRACE.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (IOException | TimeoutException | ExecutionException e) {
      return process.kill(KILL_GRACE);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
