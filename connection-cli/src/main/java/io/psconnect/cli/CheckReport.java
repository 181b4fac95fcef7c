package io.psconnect.cli;

import io.psconnect.ConnectionException;
import io.psconnect.Health;
import java.io.PrintStream;

/** Tells of one stage after the other, each once. */
final class CheckReport {
  private final PrintStream out;
  private final CheckPlan plan;
  private int next;

  CheckReport(PrintStream out, String backend, CheckPlan plan) {
    this.out = out;
    this.plan = plan;
    row("backend", backend);
  }

  /** All that comes before PowerShell has worked. */
  void opened() {
    reached(CheckStage.POWERSHELL);
  }

  /** All that comes before this stage has worked. */
  private void reached(CheckStage stage) {
    for (; next < plan.stages().indexOf(stage); next++) {
      CheckStage passed = plan.stages().get(next);
      if (!passed.success().isEmpty()) {
        row(passed.title(), passed.success());
      }
    }
  }

  void notOpened(ConnectionException failure) {
    CheckStage stage = plan.failing().apply(failure);
    reached(stage);
    row(stage.title(), "failed");
  }

  void unhealthy() {
    row(CheckStage.POWERSHELL.title(), "failed");
  }

  void healthy(Health health) {
    row("PowerShell", "%s (%s)".formatted(health.powerShellVersion(), health.edition()));
    row("system", health.operatingSystem());
    row("answered", "in %d ms".formatted(health.duration().toMillis()));
  }

  private void row(String title, String text) {
    out.println("%-16s%s".formatted(title, text));
  }
}
