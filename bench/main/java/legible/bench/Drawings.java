package legible.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/// Pictures such as the page of `legible serve` sends: black strokes on white, 112 rows, as PNG.
final class Drawings {
  private static final int SIZE = 280;

  /// The page draws in this size and sends the drawing smaller.
  private static final double SENT = 0.4;

  private static final float DIGIT_PEN = 20;
  private static final float NUMBER_PEN = 14;

  /// Points of 1, 4, 7 and 9.
  private static final List<float[]> DIGITS =
      List.of(
          new float[] {140, 50, 138, 230},
          new float[] {110, 50, 85, 150, 200, 150, 165, 90, 160, 235},
          new float[] {80, 60, 200, 55, 150, 230},
          new float[] {190, 80, 140, 55, 95, 95, 120, 140, 185, 110, 190, 80, 180, 160, 160, 230});

  private Drawings() {}

  /// A picture of each digit.
  static List<byte[]> digits() throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (float[] digit : DIGITS) {
      pictures.add(picture(List.of(digit), SIZE, DIGIT_PEN));
    }
    return pictures;
  }

  /// One picture of all of them side by side.
  static List<byte[]> number() throws IOException {
    return List.of(picture(DIGITS, 3 * SIZE, NUMBER_PEN));
  }

  private static byte[] picture(List<float[]> digits, int width, float pen) throws IOException {
    BufferedImage image =
        new BufferedImage((int) (SENT * width), (int) (SENT * SIZE), BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SENT, SENT);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, SIZE);
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(pen, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (int i = 0; i < digits.size(); i++) {
      float left = i * (float) width / digits.size() - (digits.size() > 1 ? SIZE / 8f : 0);
      Path2D path = new Path2D.Float();
      float[] points = digits.get(i);
      path.moveTo(left + points[0], points[1]);
      for (int p = 2; p < points.length; p += 2) {
        path.lineTo(left + points[p], points[p + 1]);
      }
      graphics.draw(path);
    }
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }
}
