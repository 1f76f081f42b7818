package legible.digits.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
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
            + " src=\"data:image/png;base64,%s\"><span><b>%d</b> read as <b>%d</b></span>"
            + "<span>%.1f %% sure</span></li>",
        image,
        evaluation.labels()[image],
        evaluation.predicted(image),
        png(images, image),
        evaluation.labels()[image],
        evaluation.predicted(image),
        100 * certainty(evaluation, image));
  }

  private static String png(LabelledImages images, int index) throws IOException {
    BufferedImage picture =
        new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_BYTE_GRAY);
    int offset = images.offset(index);
    for (int y = 0; y < images.height(); y++) {
      for (int x = 0; x < images.width(); x++) {
        int ink = images.pixels()[offset + y * images.width() + x] & 0xff;
        picture.getRaster().setSample(x, y, 0, 255 - ink);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    ImageIO.write(picture, "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
