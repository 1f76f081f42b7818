package legible.digits.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import legible.digits.decision.Calibration;
import legible.digits.decision.ReadRates;
import legible.digits.decision.Refusals;
import legible.digits.decision.Reliability;
import legible.digits.report.ShareChart.Point;
import legible.digits.report.ShareChart.Series;
import legible.train.Evaluation;

/// The part of a report on how sure the model is and how right: reliability before and after
/// calibration, and what is read and misread if the less sure answers are refused.
///
/// @param raw the network's own answers to the test pictures
/// @param calibration fitted on the validation pictures
record Certainty(Evaluation raw, Calibration calibration) {
  /// The right end of the curve of misread pictures.
  private static final double MOST_MISREAD = 0.005;

  private static final double LEAST_READ = 0.8;

  String html() {
    Evaluation calibrated = calibration.apply(raw);
    Reliability before = Reliability.of(raw);
    Reliability after = Reliability.of(calibrated);
    ReadRates rates = ReadRates.of(calibrated);
    ShareChart reliability =
        new ShareChart(
            "Reliability",
            "probability of the answer",
            "Share of right answers",
            0,
            1,
            0,
            1,
            true,
            List.of(series("before calibration", before), series("after", after)));
    ReadCurve curve =
        new ReadCurve(MOST_MISREAD, LEAST_READ, List.of(ReadCurve.line("test pictures", rates)));
    return String.format(
            Locale.ROOT,
            "<p>The probabilities are those of temperature %.4f, fitted on the validation pictures."
                + " Their calibration error (ECE, %d bins) on the test pictures is %.5f; without"
                + " the temperature it is %.5f.</p>",
            calibration.temperature(),
            Reliability.BINS,
            after.expectedCalibrationError(),
            before.expectedCalibrationError())
        + "<div class=\"charts\">"
        + reliability.html()
        + curve.html()
        + "</div>"
        + table(rates);
  }

  private static Series series(String name, Reliability reliability) {
    List<Point> points = new ArrayList<>();
    for (int bin = 0; bin < Reliability.BINS; bin++) {
      if (reliability.counts()[bin] > 0) {
        points.add(new Point(reliability.confidence()[bin], reliability.accuracy()[bin]));
      }
    }
    return new Series(name, points, true);
  }

  private String table(ReadRates rates) {
    StringBuilder html =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"numbers\"><caption>With the thresholds of the"
                + " validation pictures, on the test pictures</caption><thead><tr><th"
                + " scope=\"col\">misread, wanted</th><th scope=\"col\">answers below are"
                + " refused</th><th scope=\"col\">answered</th><th scope=\"col\">of these"
                + " wrong</th></tr></thead><tbody>");
    for (double wanted : Refusals.WANTED) {
      calibration
          .threshold(wanted)
          .ifPresent(
              threshold ->
                  html.append(
                      String.format(
                          Locale.ROOT,
                          "<tr><td>%.2f %%</td><td>%.4f %%</td><td>%.2f %%</td><td>%.3f"
                              + " %%</td></tr>",
                          100 * wanted,
                          100 * threshold,
                          100 * rates.readRate(threshold),
                          100 * rates.misreadRate(threshold))));
    }
    return html.append("</tbody></table></div>\n").toString();
  }
}
