package legible.digits.image;

import java.util.Arrays;

/// Reduces a picture of one digit to the form of MNIST's: ink bright on a ground of zero, the digit
/// in a box of 20 x 20 pixels, its centre of mass in the middle of 28 x 28.
///
/// ```
///  light → ink          dark ink on a light ground, or the reverse, told by the border
///        → contrast     ground 0, ink 1
///        → box          the smallest rectangle around the ink
///        → scale        its longer side to 20 pixels
///        → centre       centre of mass to (14, 14)
/// ```
///
/// A picture of 28 x 28 pixels with a black ground is taken as MNIST's own and left as it is.
///
/// Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition", section
/// III.A.
public final class DigitNormalizer {
  /// Rows and columns of the result.
  public static final int SIZE = 28;

  /// The longer side of the digit.
  private static final int BOX = 20;

  /// The smallest picture that can show a digit.
  private static final int SMALLEST = 5;

  /// The least difference of light between ink and ground; paper's own texture stays below.
  private static final float LEAST_CONTRAST = 0.12f;

  /// Ink fainter than this counts as ground when the box is drawn.
  private static final float BOX_THRESHOLD = 0.35f;

  /// What remains of a shadow after the contrast is stretched is cut off below this.
  private static final float GROUND_LEVEL = 0.12f;

  private DigitNormalizer() {}

  /// Reduces a picture.
  ///
  /// @param source a name for messages
  /// @param light 0 black to 1 white
  /// @return 784 values in [0, 1], row-major
  /// @throws ImageFormatException if the picture is too small or shows no ink
  public static float[] normalize(String source, GrayImage light) throws ImageFormatException {
    if (light.width() < SMALLEST || light.height() < SMALLEST) {
      throw new ImageFormatException(
          source,
          "a picture of at least %d x %d pixels expected, got %d x %d"
              .formatted(SMALLEST, SMALLEST, light.width(), light.height()));
    }
    if (isMnist(light)) {
      return light.values().clone();
    }
    GrayImage ink = contrast(source, ink(light));
    return centre(scale(box(ink)));
  }

  /// 28 x 28 pixels, a black border four wide but for traces, and something bright inside.
  private static boolean isMnist(GrayImage light) {
    if (light.width() != SIZE || light.height() != SIZE) {
      return false;
    }
    float border = 0;
    float inside = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        boolean edge = Math.min(Math.min(x, y), Math.min(SIZE - 1 - x, SIZE - 1 - y)) < 1;
        border = edge ? Math.max(border, light.at(x, y)) : border;
        inside = edge ? inside : Math.max(inside, light.at(x, y));
      }
    }
    return border < LEAST_CONTRAST && inside > 0.5f;
  }

  /// Turns light into ink: the ground is what the border shows.
  static GrayImage ink(GrayImage light) {
    float ground = median(border(light));
    float[] all = light.values().clone();
    Arrays.sort(all);
    float darkest = all[all.length / 200];
    float lightest = all[all.length - 1 - all.length / 200];
    boolean darkInk = ground - darkest >= lightest - ground;
    float[] ink = new float[all.length];
    for (int i = 0; i < ink.length; i++) {
      float difference = darkInk ? ground - light.values()[i] : light.values()[i] - ground;
      ink[i] = Math.max(0f, difference);
    }
    return new GrayImage(light.width(), light.height(), ink);
  }

  private static float[] border(GrayImage image) {
    int depth = Math.max(1, Math.min(image.width(), image.height()) / 20);
    float[] values = new float[image.values().length];
    int count = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        int edge =
            Math.min(Math.min(x, y), Math.min(image.width() - 1 - x, image.height() - 1 - y));
        if (edge < depth) {
          values[count++] = image.at(x, y);
        }
      }
    }
    return Arrays.copyOf(values, count);
  }

  private static float median(float[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// Stretches ink to [0, 1], the strongest hundredth of the strokes being 1.
  static GrayImage contrast(String source, GrayImage ink) throws ImageFormatException {
    float[] sorted = ink.values().clone();
    Arrays.sort(sorted);
    float strongest = sorted[sorted.length - 1 - sorted.length / 200];
    if (strongest < LEAST_CONTRAST) {
      throw new ImageFormatException(
          source, "ink that stands out from its ground expected, got a blank picture");
    }
    float[] values = new float[sorted.length];
    for (int i = 0; i < values.length; i++) {
      float value = (ink.values()[i] / strongest - GROUND_LEVEL) / (1 - 2 * GROUND_LEVEL);
      values[i] = Math.clamp(value, 0f, 1f);
    }
    return new GrayImage(ink.width(), ink.height(), values);
  }

  /// The smallest rectangle with all ink.
  static GrayImage box(GrayImage ink) {
    int left = ink.width();
    int right = -1;
    int top = ink.height();
    int bottom = -1;
    for (int y = 0; y < ink.height(); y++) {
      for (int x = 0; x < ink.width(); x++) {
        if (ink.at(x, y) > BOX_THRESHOLD) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return ink.crop(left, top, right - left + 1, bottom - top + 1);
  }

  /// Scales the longer side to 20 pixels: each new pixel is the mean of what it covers, so that
  /// strokes grow grey edges as MNIST's have.
  static GrayImage scale(GrayImage ink) {
    float factor = (float) Math.max(ink.width(), ink.height()) / BOX;
    int width = Math.clamp(Math.round(ink.width() / factor), 1, BOX);
    int height = Math.clamp(Math.round(ink.height() / factor), 1, BOX);
    float[] columns = resize(ink.values(), ink.height(), ink.width(), width);
    float[] rows = resize(transpose(columns, ink.height(), width), width, ink.height(), height);
    return new GrayImage(width, height, transpose(rows, width, height));
  }

  /// Resizes each row of a matrix by area; a pixel partly covered counts with its part.
  private static float[] resize(float[] values, int rows, int from, int to) {
    float[] result = new float[rows * to];
    float step = (float) from / to;
    for (int i = 0; i < to; i++) {
      float start = i * step;
      float end = Math.min(from, start + step);
      for (int j = (int) start; j < Math.min(from, (int) Math.ceil(end)); j++) {
        float share = (Math.min(end, j + 1) - Math.max(start, j)) / (end - start);
        for (int r = 0; r < rows; r++) {
          result[r * to + i] += share * values[r * from + j];
        }
      }
    }
    return result;
  }

  private static float[] transpose(float[] values, int rows, int columns) {
    float[] result = new float[values.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        result[c * rows + r] = values[r * columns + c];
      }
    }
    return result;
  }

  /// Puts the centre of mass into the middle of 28 x 28 pixels.
  static float[] centre(GrayImage digit) {
    double mass = 0;
    double momentX = 0;
    double momentY = 0;
    for (int y = 0; y < digit.height(); y++) {
      for (int x = 0; x < digit.width(); x++) {
        mass += digit.at(x, y);
        momentX += x * digit.at(x, y);
        momentY += y * digit.at(x, y);
      }
    }
    int left = place(momentX / mass, digit.width());
    int top = place(momentY / mass, digit.height());
    float[] result = new float[SIZE * SIZE];
    for (int y = 0; y < digit.height(); y++) {
      for (int x = 0; x < digit.width(); x++) {
        result[(top + y) * SIZE + left + x] = digit.at(x, y);
      }
    }
    return result;
  }

  /// Where a digit of this length begins, so that its centre of mass comes nearest to the middle
  /// while all of it stays inside.
  private static int place(double centre, int length) {
    return Math.clamp(Math.round(SIZE / 2.0 - 0.5 - centre), 0, SIZE - length);
  }
}
