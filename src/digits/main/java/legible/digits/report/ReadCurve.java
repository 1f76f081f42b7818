package legible.digits.report;

import java.util.ArrayList;
import java.util.List;
import legible.digits.decision.ReadRates;
import legible.digits.report.ShareChart.Point;
import legible.digits.report.ShareChart.Series;

/// How much is read if only so many of the answers may be wrong: a curve from the surest answer alone to
/// all of them.
///
/// @param mostMisread where the axis of misread answers ends, a share
/// @param leastRead where the axis of given answers begins, a share
/// @param series the lines
record ReadCurve(double mostMisread, double leastRead, List<Series> series) {
  ReadCurve {
    series = List.copyOf(series);
  }

  /// The line of some answers: a point wherever the number of mistakes changes.
  static Series line(String name, ReadRates rates) {
    List<Point> points = new ArrayList<>();
    int[] wrong = rates.wrong();
    for (int n = 1; n <= wrong.length; n++) {
      if (n == wrong.length || wrong[n] > wrong[n - 1]) {
        points.add(new Point((double) wrong[n - 1] / n, (double) n / wrong.length));
      }
    }
    return new Series(name, points, false);
  }

  String html() {
    return new ShareChart(
            "Reading and misreading",
            "share of wrong ones among the answers",
            "Share of pictures answered",
            0,
            mostMisread,
            leastRead,
            1,
            false,
            series)
        .html();
  }
}
