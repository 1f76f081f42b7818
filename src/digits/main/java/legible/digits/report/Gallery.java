package legible.digits.report;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import legible.digits.idx.LabelledImages;
import legible.train.Evaluation;

/// The mistakes that the model was surest of, as pictures.
final class Gallery {
  private static final int MOST = 40;

  private Gallery() {}

  static String of(Evaluation evaluation, LabelledImages images) throws IOException {
    List<Integer> wrong =
        IntStream.range(0, evaluation.images())
            .filter(i -> evaluation.predicted(i) != evaluation.labels()[i])
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -certainty(evaluation, i)))
            .toList();
    StringBuilder html = new StringBuilder();
    html.append(
        String.format(
            Locale.ROOT,
            "<p>%d of %,d pictures are read wrong%s</p><ul class=\"gallery\">",
            wrong.size(),
            evaluation.images(),
            wrong.size() > MOST
                ? "; these are the " + MOST + " that the model was surest of, worst first."
                : ", the ones that the model was surest of first."));
    for (int image : wrong.subList(0, Math.min(MOST, wrong.size()))) {
      html.append(item(evaluation, images, image));
    }
    return html.append("</ul>\n").toString();
  }

  private static double certainty(Evaluation evaluation, int image) {
    return evaluation.probabilities()[image][evaluation.predicted(image)];
  }

  private static String item(Evaluation evaluation, LabelledImages images, int image)
      throws IOException {
    return String.format(
        Locale.ROOT,
        "<li><img width=\"84\" height=\"84\" alt=\"Test picture %d: a %d that was read as %d\""
            + " src=\"%s\"><span><b>%d</b> read as <b>%d</b></span>"
            + "<span>%.1f %% sure</span></li>",
        image,
        evaluation.labels()[image],
        evaluation.predicted(image),
        picture(images, image),
        evaluation.labels()[image],
        evaluation.predicted(image),
        100 * certainty(evaluation, image));
  }

  private static String picture(LabelledImages images, int index) throws IOException {
    float[] ink = new float[images.width() * images.height()];
    for (int i = 0; i < ink.length; i++) {
      ink[i] = (images.pixels()[images.offset(index) + i] & 0xff) / 255f;
    }
    return Picture.ink(images.width(), images.height(), ink);
  }
}
