package io.psconnect.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psconnect.Script;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A script that runs until it is ended, with a child that does the same, and says who they are. */
final class HeldScript {
  private static final String START_CHILD =
      """
      $program = New-Object Diagnostics.ProcessStartInfo
      $program.FileName = (Get-Process -Id $PID).Path
      $program.Arguments = '-NoLogo -NoProfile -NonInteractive -Command "Start-Sleep 120"'
      $program.UseShellExecute = $false
      $child = [Diagnostics.Process]::Start($program)
      """;

  /** Prints those of the processes that live; one that waits to be buried by Unix does not. */
  private static final String WHO_LIVES =
      """
      foreach ($id in %s) {
        $stat = "/proc/$id/stat"
        if (!(Get-Process -Id $id -ErrorAction SilentlyContinue)) { continue }
        if ([IO.File]::Exists($stat) -and [IO.File]::ReadAllText($stat) -match '\\) Z') { continue }
        $id
      }
      exit 0
      """;

  private final Overheard overheard = new Overheard();
  private final ContractHost host;

  HeldScript(ContractHost host) {
    this.host = host;
  }

  /** A script that starts a child which lives for minutes, as {@code $child}, and goes on. */
  static String startingChild(String andThen) {
    return START_CHILD + andThen;
  }

  Script script() {
    return Script.of(startingChild("\"$PID $($child.Id)\"; $child.WaitForExit(); Start-Sleep 120"))
        .withListener(overheard);
  }

  /** Whether the script had come so far as to start its child. */
  boolean hasStarted() {
    return overheard.hasFirstLine();
  }

  /** Waits until the child runs. */
  HeldScript started() throws InterruptedException {
    overheard.firstLine(host.patience());
    return this;
  }

  /** Fails unless PowerShell, and the child where the backend ends children, are gone. */
  void assertGone() throws Exception {
    List<String> ids = Stream.of(overheard.firstLine(Duration.ZERO).split(" ")).toList();
    try {
      assertGone(host.has(Capability.PROCESS_TREE) ? ids : ids.subList(0, 1));
    } finally {
      end(alive(ids));
    }
  }

  /** The host may need a moment to bury them. */
  private void assertGone(List<String> ids) throws Exception {
    long deadline = System.nanoTime() + host.patience().toNanos();
    List<String> alive = alive(ids);
    while (!alive.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      alive = alive(ids);
    }
    assertTrue(alive.isEmpty(), "still running on the host: " + alive + " of " + ids);
  }

  /** Whatever came of the rule, nothing is left on the host. */
  private void end(List<String> ids) throws Exception {
    if (!ids.isEmpty()) {
      host.run("Stop-Process -Force -Id " + String.join(",", ids));
    }
  }

  private List<String> alive(List<String> ids) throws Exception {
    return host.lines(WHO_LIVES.formatted(String.join(",", ids)));
  }
}
