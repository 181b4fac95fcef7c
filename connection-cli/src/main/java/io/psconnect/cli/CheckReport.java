package io.psconnect.cli;

import io.psconnect.Health;
import java.io.PrintStream;

/** Tells of one stage after the other, each once. */
final class CheckReport {
  private final PrintStream out;
  private final boolean remote;
  private int next;

  CheckReport(PrintStream out, String backend, boolean remote) {
    this.out = out;
    this.remote = remote;
    row("backend", backend);
  }

  /** All that comes before this stage has worked. */
  void reached(CheckStage stage) {
    for (; next < stage.ordinal(); next++) {
      CheckStage passed = CheckStage.values()[next];
      row(passed, passed.success());
    }
  }

  void failed(CheckStage stage) {
    reached(stage);
    row(stage, "failed");
  }

  void healthy(Health health) {
    row("PowerShell", "%s (%s)".formatted(health.powerShellVersion(), health.edition()));
    row("system", health.operatingSystem());
    row("answered", "in %d ms".formatted(health.duration().toMillis()));
  }

  private void row(CheckStage stage, String outcome) {
    if (!outcome.isEmpty() && (remote || !stage.isOfRemoteHosts())) {
      row(stage.title(), outcome);
    }
  }

  private void row(String title, String text) {
    out.println("%-16s%s".formatted(title, text));
  }
}
