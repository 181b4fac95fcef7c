package io.psconnect.ssh;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Adds the logs of the servers that run to the failure of a test. */
@SuppressWarnings("exports") // JUnit is for tests alone.
public final class SshdLogs implements TestExecutionExceptionHandler, AfterEachCallback {
  private static final int LINES = 60;

  /** Called by JUnit. */
  public SshdLogs() {}

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!(failure instanceof TestAbortedException)) {
      RealSshd.started().forEach(sshd -> failure.addSuppressed(new Logged(sshd)));
    }
    throw failure;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    RealSshd.forgetClosed();
  }

  /** The end of a server's log, as a trace shows it. */
  private static final class Logged extends Throwable {
    private static final long serialVersionUID = 1;

    Logged(RealSshd sshd) {
      super(sshd + "\n" + end(sshd.log()), null, false, false);
    }

    private static String end(String log) {
      var lines = log.lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
  }
}
