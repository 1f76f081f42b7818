package legible.digits.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import legible.digits.image.GrayImage;
import legible.digits.image.Step;
import legible.format.Storage;

/// Writes pictures as PNG files for people to look at.
public final class GrayPicture {
  private GrayPicture() {}

  /// A picture for drawing on; values are 0 black to 1 white.
  static BufferedImage of(GrayImage picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        int level = Math.round(255 * Math.clamp(picture.at(x, y), 0f, 1f));
        image.setRGB(x, y, level << 16 | level << 8 | level);
      }
    }
    return image;
  }

  static void write(BufferedImage image, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    Storage.write(file, bytes.toByteArray());
  }

  /// Writes what every step made: `1-light.png`, `2-ink.png` and so on.
  ///
  /// @param folder is made if there is none
  /// @throws IOException if a file cannot be written
  public static void write(List<Step> steps, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < steps.size(); i++) {
      String name = String.format(Locale.ROOT, "%d-%s.png", i + 1, steps.get(i).name());
      write(of(steps.get(i).result()), folder.resolve(name));
    }
  }
}
