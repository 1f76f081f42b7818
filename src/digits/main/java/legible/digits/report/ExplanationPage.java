package legible.digits.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import legible.digits.Answer;
import legible.digits.explain.Explanation;
import legible.digits.explain.Saliency;
import legible.digits.image.DigitNormalizer;
import legible.format.EngineVersion;

/// An explanation as one HTML file that needs no network and no script, for a screen of any width and
/// for paper.
public final class ExplanationPage {
  private static final int SIZE = DigitNormalizer.SIZE;

  private ExplanationPage() {}

  /// The page.
  public static String html(Explanation explanation) throws IOException {
    Answer answer = explanation.reading().answer();
    String picture = Html.escape(explanation.picture());
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Legible: why %s is a %d</title>
    <style>
    %s%s</style>
    </head>
    <body>
    <header><h1>Why <em>%s</em> is a <em>%d</em></h1>
    %s</header>
    <main>
    <section><h2>What speaks for the %d</h2>
    %s</section>
    <section><h2>Probabilities</h2>
    %s</section>
    <section><h2>Every step</h2>
    %s</section>
    <section><h2>The arithmetic of one output</h2>
    %s</section>
    <section><h2>What was computed with</h2>
    %s</section>
    </main>
    </body>
    </html>
    """
        .formatted(
            picture,
            answer.digit(),
            Report.style(),
            style(),
            picture,
            answer.digit(),
            figures(explanation),
            answer.digit(),
            saliency(explanation),
            probabilities(answer),
            StepMaps.html(explanation),
            ArithmeticTable.html(explanation),
            origin(explanation));
  }

  private static String style() throws IOException {
    try (InputStream in = ExplanationPage.class.getResourceAsStream("explanation.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String figures(Explanation explanation) {
    Answer answer = explanation.reading().answer();
    int next = next(answer);
    return "<dl class=\"figures\">"
        + Report.figure("Answer", Integer.toString(answer.digit()))
        + Report.figure("Probability", percent(answer.probability()))
        + Report.figure("Next", "%d (%s)".formatted(next, percent(answer.probabilities()[next])))
        + Report.figure("Network", explanation.model().architecture().name())
        + "</dl>\n";
  }

  /// The second most probable digit.
  private static int next(Answer answer) {
    int next = answer.digit() == 0 ? 1 : 0;
    for (int k = 0; k < answer.probabilities().length; k++) {
      if (k != answer.digit() && answer.probabilities()[k] > answer.probabilities()[next]) {
        next = k;
      }
    }
    return next;
  }

  private static String saliency(Explanation explanation) throws IOException {
    Saliency saliency = explanation.saliency();
    float[] pixels = explanation.reading().pixels();
    double[] gradient = new double[pixels.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = saliency.gradient()[i];
    }
    return "<div class=\"saliency\">"
        + "<figure><div class=\"ground\"><img alt=\"The input\" src=\""
        + Picture.ink(SIZE, SIZE, pixels)
        + "\"></div><figcaption><b>What the network read</b> 28 x 28 pixels, ink 1 and ground 0"
        + "</figcaption></figure>"
        + overlay(
            "Gradient",
            "of logit %d with respect to each pixel".formatted(saliency.target()),
            pixels,
            gradient)
        + overlay(
            "Integrated gradients",
            "what each pixel adds to logit %d".formatted(saliency.target()),
            pixels,
            saliency.attributions())
        + "</div>"
        + KEY
        + completeness(saliency);
  }

  private static final String KEY =
      "<p class=\"key-line\"><span class=\"swatch positive\"></span>more ink raises the logit"
          + " <span class=\"swatch negative\"></span>lowers it"
          + " <span class=\"swatch\"></span>no influence</p>\n";

  private static String overlay(String name, String words, float[] pixels, double[] values)
      throws IOException {
    double extent = 0;
    for (double value : values) {
      extent = Math.max(extent, Math.abs(value));
    }
    return "<figure><div class=\"ground\"><img class=\"ghost\" alt=\"\" src=\""
        + Picture.ink(SIZE, SIZE, pixels)
        + "\"><img alt=\""
        + name
        + "\" src=\""
        + Picture.signed(SIZE, SIZE, values, extent)
        + "\"></div><figcaption><b>"
        + name
        + "</b> "
        + words
        + String.format(Locale.ROOT, ", at most %.4f</figcaption></figure>", extent);
  }

  private static String completeness(Saliency saliency) {
    return String.format(
        Locale.ROOT,
        "<p>Complete: the integrated gradients of all pixels add up to <b>%.6f</b>; the logit is"
            + " %s for the picture and %s for the empty one, a difference of <b>%.6f</b>. The sum"
            + " over %,d points of the path is off by %.6f, that is %.3f %%.</p>%n",
        saliency.sum(),
        saliency.value(),
        saliency.baseline(),
        saliency.difference(),
        saliency.steps(),
        saliency.error(),
        100 * saliency.relativeError());
  }

  private static String probabilities(Answer answer) {
    StringBuilder html =
        new StringBuilder(
            "<table class=\"bars\"><thead><tr><th scope=\"col\">digit</th><th"
                + " scope=\"col\">logit</th><th scope=\"col\""
                + " colspan=\"2\">probability</th></tr></thead><tbody>");
    for (int k = 0; k < answer.probabilities().length; k++) {
      html.append(
          String.format(
              Locale.ROOT,
              "<tr%s><th scope=\"row\">%d</th><td>%.3f</td><td>%s</td>"
                  + "<td class=\"bar\"><span style=\"width:%.2f%%\"></span></td></tr>",
              k == answer.digit() ? " class=\"winner\"" : "",
              k,
              answer.logits()[k],
              percent(answer.probabilities()[k]),
              100 * answer.probabilities()[k]));
    }
    return html.append("</tbody></table>\n").toString();
  }

  private static String origin(Explanation explanation) {
    StringBuilder html =
        new StringBuilder("<div class=\"scroll\"><table class=\"provenance\"><tbody>");
    Report.row(html, "picture", explanation.picture());
    Report.row(html, "model", explanation.modelFile());
    Report.row(html, "SHA-256 of the model", explanation.model().sha256());
    Report.row(html, "engine", "Legible " + EngineVersion.TEXT);
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String percent(float share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
