package legible.digits.cli;

import java.io.PrintWriter;
import java.util.Locale;
import legible.train.EpochRecord;
import legible.train.TrainingListener;
import legible.train.TrainingState;

/// Shows on standard error how far a job is: a line that redraws itself on a terminal, a line per
/// epoch elsewhere, and nothing at all in the first two seconds.
final class ProgressBar implements TrainingListener {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final int WIDTH = 24;

  /// The terminal's command to clear the line from the cursor on.
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final String title;
  private final boolean redraws;
  private final long start;
  private int epochs = 1;
  private int firstEpoch = 1;
  private long epochStart;
  private long drawn;
  private boolean visible;

  ProgressBar(PrintWriter err, String title) {
    this(err, title, onTerminal(), System.nanoTime());
  }

  ProgressBar(PrintWriter err, String title, boolean redraws, long start) {
    this.err = err;
    this.title = title;
    this.redraws = redraws;
    this.start = start;
    this.epochStart = start;
  }

  /// Standard error is a terminal that understands commands. The launcher hands it over as a device.
  private static boolean onTerminal() {
    String terminal = System.getenv("TERM");
    return System.getenv("NO_COLOR") == null
        && terminal != null
        && !terminal.equals("dumb")
        && Boolean.getBoolean("legible.terminal");
  }

  /// Tells how many epochs there will be, for the time left.
  ///
  /// @param done epochs that an earlier run finished
  void epochs(int done, int total) {
    firstEpoch = done + 1;
    epochs = total;
  }

  @Override
  public void stepped(int epoch, int images, int total, double loss, double accuracy) {
    long now = System.nanoTime();
    if (redraws && now - start > QUIET_NANOS && now - drawn > REDRAW_NANOS) {
      double done = epoch - firstEpoch + (double) images / total;
      double left = (now - start) / done * (epochs - firstEpoch + 1 - done);
      draw(
          now,
          (double) images / total,
          String.format(
              Locale.ROOT,
              "epoch %d/%d  loss %.4f  accuracy %.4f  %,.0f images/s  %s left",
              epoch,
              epochs,
              loss,
              accuracy,
              images * 1e9 / (now - epochStart),
              duration(left)));
    }
  }

  @Override
  public void finished(EpochRecord epoch, TrainingState state) {
    epochStart = System.nanoTime();
    if (epochStart - start > QUIET_NANOS) {
      clear();
      err.printf(
          Locale.ROOT,
          "epoch %d/%d  loss %.4f  accuracy %.4f%s  %s%n",
          epoch.epoch(),
          epochs,
          epoch.trainLoss(),
          epoch.trainAccuracy(),
          validation(epoch),
          duration((double) epochStart - start));
      err.flush();
    }
  }

  /// Nothing where no samples were kept aside.
  private static String validation(EpochRecord epoch) {
    return Double.isNaN(epoch.validationLoss())
        ? ""
        : String.format(
            Locale.ROOT,
            "  validation loss %.4f accuracy %.4f",
            epoch.validationLoss(),
            epoch.validationAccuracy());
  }

  /// The progress of a job that only counts images.
  void images(int images, int total) {
    long now = System.nanoTime();
    if (redraws && now - start > QUIET_NANOS && now - drawn > REDRAW_NANOS) {
      double left = (double) (now - start) / images * (total - images);
      draw(
          now,
          (double) images / total,
          String.format(
              Locale.ROOT,
              "%,.0f images/s  %s left",
              images * 1e9 / (now - start),
              duration(left)));
    }
  }

  /// Removes the line.
  void clear() {
    if (visible) {
      err.print(CLEAR);
      err.flush();
      visible = false;
    }
  }

  private void draw(long now, double share, String text) {
    int full = (int) (share * WIDTH);
    err.print(CLEAR + title + " [" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] " + text);
    err.flush();
    drawn = now;
    visible = true;
  }

  private static String duration(double nanos) {
    long seconds = Math.round(nanos / 1e9);
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
