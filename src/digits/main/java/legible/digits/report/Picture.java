package legible.digits.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/// Pictures as data in a page, one pixel for each value, as `data:` addresses.
final class Picture {
  private static final int POSITIVE = 0x2f86d6;
  private static final int NEGATIVE = 0xe07a1f;

  private Picture() {}

  /// Numbers of any sign: orange below zero and blue above, the more opaque the larger, so that zero
  /// shows the ground of the page, light or dark.
  ///
  /// @param values `height·width` of them
  /// @param extent the absolute value that is opaque
  static String signed(int width, int height, double[] values, double extent) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < values.length; i++) {
      double share = extent > 0 ? Math.min(1, Math.abs(values[i]) / extent) : 0;
      int alpha = (int) Math.round(255 * share);
      int colour = values[i] < 0 ? NEGATIVE : POSITIVE;
      picture.setRGB(i % width, i / width, alpha << 24 | colour);
    }
    return uri(picture);
  }

  /// Ink as black on white, whatever the page's ground.
  ///
  /// @param values in [0, 1]
  static String ink(int width, int height, float[] values) throws IOException {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < values.length; i++) {
      picture.getRaster().setSample(i % width, i / width, 0, Math.round(255 * (1 - values[i])));
    }
    return uri(picture);
  }

  private static String uri(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    ImageIO.write(picture, "png", bytes);
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
