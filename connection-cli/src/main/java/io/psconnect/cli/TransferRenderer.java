package io.psconnect.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/** The library's bar, with a speed and a remaining time that do not count in whole seconds. */
final class TransferRenderer extends DefaultProgressBarRenderer {
  private static final double NANOS = 1e9;

  private final ByteUnit unit;

  TransferRenderer(ByteUnit unit) {
    super(
        ProgressBarStyle.ASCII,
        " " + unit.symbol(),
        unit.bytes(),
        true,
        null,
        null,
        true,
        TransferRenderer::remaining);
    this.unit = unit;
  }

  @Override
  protected String speed(ProgressState progress) {
    double speed = bytesPerSecond(progress) / unit.bytes();
    return String.format(Locale.ROOT, "%.1f %s/s", speed, unit.symbol());
  }

  private static Optional<Duration> remaining(ProgressState progress) {
    double speed = bytesPerSecond(progress);
    long missing = progress.getMax() - progress.getCurrent();
    return speed > 0
        ? Optional.of(Duration.ofSeconds(Math.round(missing / speed)))
        : Optional.empty();
  }

  private static double bytesPerSecond(ProgressState progress) {
    long nanos = Math.max(1, progress.getElapsedAfterStart().toNanos());
    return progress.getCurrent() * NANOS / nanos;
  }
}
