package legible.digits.numbers;

import java.util.Arrays;
import legible.digits.image.Box;
import legible.digits.image.GrayImage;
import legible.digits.image.Scaling;

/// A part of a sheet as the network reads it: 32 rows of ink, with blank columns at both ends.
///
/// @param box the part of the sheet
/// @param ink `[32, columns]`, in [0, 1]
/// @param left the column where the part begins
/// @param scale pixels of the sheet for each pixel here
public record LineStrip(Box box, GrayImage ink, int left, double scale) {
  /// Rows of every strip.
  public static final int ROWS = 32;

  /// A network without padding needs this much beside the first and the last sign.
  public static final int MARGIN = 14;

  /// Columns are a multiple of this, so that few different networks are made ready.
  private static final int STEP = 32;

  /// The longest line: some 80 digits.
  private static final int WIDEST = 2048;

  /// A picture that is a line from edge to edge.
  public static LineStrip whole(GrayImage light) {
    return of(light, new Box(0, 0, light.width(), light.height()));
  }

  /// Cuts out a part, scales it to 32 rows and turns light into ink. Where it reaches beyond the
  /// sheet, the pixels at its edge go on.
  public static LineStrip of(GrayImage light, Box box) {
    int[] from = new int[box.width()];
    Arrays.setAll(from, x -> Math.clamp(box.left() + x, 0, light.width() - 1));
    float[] part = new float[box.width() * box.height()];
    for (int y = 0; y < box.height(); y++) {
      int row = Math.clamp(box.top() + y, 0, light.height() - 1);
      for (int x = 0; x < from.length; x++) {
        part[y * from.length + x] = light.at(from[x], row);
      }
    }
    double scale = (double) box.height() / ROWS;
    int width = Math.clamp(Math.round(box.width() / scale), 1, WIDEST);
    GrayImage small = Scaling.to(new GrayImage(box.width(), box.height(), part), width, ROWS);
    float[] ink = small.values();
    InkLevels.apply(ink, 0, ink.length);
    int columns = Math.ceilDiv(width + 2 * MARGIN, STEP) * STEP;
    float[] padded = new float[ROWS * columns];
    for (int y = 0; y < ROWS; y++) {
      System.arraycopy(ink, y * width, padded, y * columns + MARGIN, width);
    }
    return new LineStrip(box, new GrayImage(columns, ROWS, padded), MARGIN, scale);
  }
}
