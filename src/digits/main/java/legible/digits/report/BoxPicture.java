package legible.digits.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import legible.digits.image.Box;
import legible.digits.image.GrayImage;
import legible.digits.numbers.NumberReading;
import legible.digits.numbers.ReadSign;

/// A picture with the signs that were read in it.
public final class BoxPicture {
  private static final Color LINE = new Color(0x00, 0x72, 0xb2);
  private static final Color TEXT = new Color(0xd5, 0x5e, 0x00);

  private BoxPicture() {}

  /// Writes a PNG picture with a box around each sign and what it was read as above it.
  ///
  /// @param light the picture
  /// @throws IOException if the file cannot be written
  public static void write(GrayImage light, NumberReading reading, Path file) throws IOException {
    BufferedImage image = GrayPicture.of(light);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setStroke(new BasicStroke(Math.max(1, light.height() / 200f)));
    reading.signs().forEach(sign -> draw(sign, graphics));
    graphics.dispose();
    GrayPicture.write(image, file);
  }

  private static void draw(ReadSign sign, Graphics2D graphics) {
    Box box = sign.box();
    graphics.setColor(LINE);
    graphics.drawRect(box.left(), box.top(), box.width() - 1, box.height() - 1);
    int size = Math.clamp(box.height() / 2, 10, 60);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, size));
    graphics.setColor(TEXT);
    graphics.drawString(Character.toString(sign.sign()), box.left(), Math.max(size, box.top() - 1));
  }
}
