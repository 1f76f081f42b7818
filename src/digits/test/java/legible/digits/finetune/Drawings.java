package legible.digits.finetune;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import legible.digits.Repository;
import legible.digits.compose.LinePictures;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.image.GrayImage;
import legible.random.CounterRandom;

/// Pictures that tests draw: signs that are no digits, each of another size.
public final class Drawings {
  /// In the order of a folder.
  public static final List<String> SIGNS = List.of("bar", "cross", "ring");

  private Drawings() {}

  /// A folder with a sub-folder of PNG files for each sign.
  public static Path signs(Path folder, int each) {
    try {
      for (String sign : SIGNS) {
        Path pictures = Files.createDirectories(folder.resolve(sign));
        for (int i = 0; i < each; i++) {
          ImageIO.write(sign(sign, i), "png", pictures.resolve(i + ".png").toFile());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static BufferedImage sign(String sign, int number) {
    CounterRandom random = new CounterRandom(3).split(sign).split(number);
    int size = 30 + (int) (40 * random.uniform(0));
    BufferedImage picture = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, size, size);
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(size / 10f));
    double low = size * (0.2 + 0.1 * random.uniform(1));
    double high = size * (0.7 + 0.1 * random.uniform(2));
    switch (sign) {
      case "bar" -> graphics.draw(new Line2D.Double(size / 2.0, low, size / 2.0, high));
      case "cross" -> {
        graphics.draw(new Line2D.Double(low, low, high, high));
        graphics.draw(new Line2D.Double(low, high, high, low));
      }
      default -> graphics.draw(new Ellipse2D.Double(low, low, high - low, high - low));
    }
    graphics.dispose();
    return picture;
  }

  /// A folder of lines of digits with their table: those that readers are measured on, cut close.
  ///
  /// @param count lines, of the kind `line`, and one of each of the kinds `other` and single digits
  public static Path lines(Path folder, int count) {
    try {
      LinePictures lines = LinePictures.plain(Mnist.test(Repository.MNIST).images());
      Files.createDirectories(folder);
      StringBuilder table = new StringBuilder("file,label,source,kind,notes\n");
      for (int i = 0; i < count + 2; i++) {
        String kind = i < count ? "line" : i == count ? "other" : "single";
        String label = kind.equals("single") ? "7" : lines.text(i);
        table.append("%d.png,%s,drawn,%s,\n".formatted(i, label, kind));
        ImageIO.write(line(lines.picture(i)), "png", folder.resolve(i + ".png").toFile());
      }
      Files.writeString(folder.resolve("labels.csv"), table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  private static BufferedImage line(GrayImage light) {
    int left = light.width();
    int right = 0;
    for (int i = 0; i < light.values().length; i++) {
      if (light.values()[i] < 0.5f) {
        left = Math.min(left, i % light.width());
        right = Math.max(right, i % light.width());
      }
    }
    GrayImage close =
        light.crop(Math.max(0, left - 6), 0, Math.min(right - left + 12, 340), light.height());
    BufferedImage picture =
        new BufferedImage(close.width(), close.height(), BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < close.height(); y++) {
      for (int x = 0; x < close.width(); x++) {
        picture.getRaster().setSample(x, y, 0, Math.round(255 * close.at(x, y)));
      }
    }
    return picture;
  }

  /// Writes pictures and labels as IDX files.
  ///
  /// @return the file of the pictures
  public static Path idx(Path folder, String name, LabelledImages images) throws IOException {
    int size = images.height() * images.width();
    ByteBuffer pixels = ByteBuffer.allocate(16 + images.size() * size);
    pixels.putInt(0x803).putInt(images.size()).putInt(images.height()).putInt(images.width());
    pixels.put(images.pixels(), images.offset(0), images.size() * size);
    ByteBuffer labels = ByteBuffer.allocate(8 + images.size()).putInt(0x801).putInt(images.size());
    for (int i = 0; i < images.size(); i++) {
      labels.put((byte) images.label(i));
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
    return Files.write(folder.resolve(name + "-images-idx3-ubyte"), pixels.array());
  }

  /// The same pictures with ink for ground and ground for ink.
  public static LabelledImages inverted(LabelledImages images) {
    byte[] pixels = new byte[images.size() * images.height() * images.width()];
    byte[] labels = new byte[images.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ~images.pixels()[images.offset(0) + i];
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) images.label(i);
    }
    return new LabelledImages(pixels, 0, labels, 0, labels.length, images.height(), images.width());
  }
}
