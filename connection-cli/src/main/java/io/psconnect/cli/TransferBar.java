package io.psconnect.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/**
 * A bar that is drawn over itself. It writes plain characters, and is told the width: the library's
 * own way of asking takes over the terminal's signals.
 */
final class TransferBar implements TransferDisplay {
  private static final int NAME_LENGTH = 24;
  private static final int REFRESH_MILLIS = 200;

  private final String name;
  private final PrintStream err;
  private final int columns;
  private ProgressBar bar;

  TransferBar(Path file, PrintStream err, int columns) {
    name = shortened(file.getFileName().toString());
    this.err = err;
    this.columns = columns;
  }

  @Override
  public void onProgress(long transferred, long total) {
    if (bar == null) {
      bar = barOf(total);
    }
    bar.stepTo(transferred);
  }

  private ProgressBar barOf(long total) {
    return new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(total)
        .setUpdateIntervalMillis(REFRESH_MILLIS)
        .setRenderer(new TransferRenderer(ByteUnit.fitting(total)))
        .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns - 1))
        .build();
  }

  private void draw(String rendered) {
    err.print("\r" + rendered);
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      err.println();
    }
  }

  /** A name may hold anything, and a terminal obeys control characters. */
  static String shortened(String name) {
    String harmless = name.replaceAll("\\p{Cntrl}", "?");
    return harmless.length() <= NAME_LENGTH
        ? harmless
        : harmless.substring(0, NAME_LENGTH - 3) + "...";
  }
}
