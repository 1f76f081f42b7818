package legible.digits.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Reduces a picture of one digit to the form of MNIST's: ink bright on a ground of zero, the digit
/// in a box of 20 x 20 pixels, its centre of mass in the middle of 28 x 28.
///
/// ```
///  light → even         shadows and slopes taken away, where the ground is uneven
///        → ink          dark ink on a light ground, or the reverse, told by the border
///        → contrast     ground 0, ink 1
///        → clean        printed lines, blots and grain taken away, where there are any
///        → box          the smallest rectangle around the ink
///        → scale        its longer side to 20 pixels
///        → brighten     strongest ink 1 again
///        → centre       centre of mass to (14, 14)
/// ```
///
/// A picture that has this form already, but for its polarity, is left as it is.
///
/// Source: LeCun et al. 1998, "Gradient-based learning applied to document recognition", section
/// III.A.
public final class DigitNormalizer {
  /// Rows and columns of the result.
  public static final int SIZE = 28;

  /// The middle between the pixels 13 and 14.
  private static final double MIDDLE = 13.5;

  /// The longer side of the digit.
  private static final int BOX = 20;

  /// MNIST's ground is 0; compression may leave traces.
  private static final float MNIST_GROUND = 0.02f;

  /// How much of MNIST's box may be fainter than [#LEAST_CONTRAST].
  private static final int FAINT_EDGE = 2;

  /// What JPEG leaves beside a stroke is fainter.
  private static final float COMPRESSION_TRACES = 0.2f;

  /// How far MNIST's own centres of mass lie from the middle: less than 1 by its construction, and
  /// half a pixel for the traces of compression.
  private static final float OFF_CENTRE = 1.5f;

  /// The smallest picture that can show a digit.
  private static final int SMALLEST = 5;

  /// The least difference of light between ink and ground; paper's own texture stays below.
  private static final float LEAST_CONTRAST = 0.12f;

  /// Pixels of the smallest digit in a large picture. So few must differ by [#CLEAR_CONTRAST],
  /// since a blank sheet has some faint specks.
  private static final int FEW_PIXELS = 20;

  private static final float CLEAR_CONTRAST = 0.3f;

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
    return steps(source, light).getLast().result().values();
  }

  /// Reduces a picture and keeps what every step did; the first one is the picture itself, the last
  /// one's result is what a network reads.
  ///
  /// @param source a name for messages
  /// @param light 0 black to 1 white
  /// @throws ImageFormatException if the picture is too small or shows no ink
  public static List<Step> steps(String source, GrayImage light) throws ImageFormatException {
    requireSize(source, light);
    Step picture = new Step("light", Map.of(), light);
    if (light.width() == SIZE && light.height() == SIZE) {
      if (isMnist(light)) {
        return List.of(picture, new Step("keep", Map.of(), light));
      }
      GrayImage reversed = reverse(light);
      if (isMnist(reversed)) {
        return List.of(picture, new Step("reverse", Map.of(), reversed));
      }
    }
    List<Step> steps = new ArrayList<>();
    steps.add(picture);
    Background.evenIfUneven(light).ifPresent(even -> steps.add(new Step("even", Map.of(), even)));
    steps.add(ink(source, steps.getLast().result()));
    GrayImage ink = steps.getLast().result();
    if (ink.width() > SIZE || ink.height() > SIZE) {
      InkCleaning.digit(ink).ifPresent(clean -> steps.add(new Step("clean", Map.of(), clean)));
    }
    steps.add(box(steps.getLast().result()));
    StrokeWidth.normalize(steps.getLast().result())
        .ifPresent(
            stroke -> {
              steps.add(stroke);
              steps.add(box(stroke.result()));
            });
    steps.add(new Step("scale", Map.of(), Scaling.longerSide(steps.getLast().result(), BOX)));
    steps.add(brighten(steps.getLast().result()));
    steps.add(centre(steps.getLast().result()));
    return List.copyOf(steps);
  }

  private static void requireSize(String source, GrayImage light) throws ImageFormatException {
    if (light.width() < SMALLEST || light.height() < SMALLEST) {
      throw new ImageFormatException(
          source,
          "at least "
              + SMALLEST
              + " x "
              + SMALLEST
              + " pixels expected, got "
              + light.width()
              + " x "
              + light.height());
    }
  }

  private static GrayImage reverse(GrayImage light) {
    float[] values = new float[light.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - light.values()[i];
    }
    return new GrayImage(light.width(), light.height(), values);
  }

  /// Whether ink on a ground of zero fills a box of 20 pixels, with its centre of mass in the middle.
  private static boolean isMnist(GrayImage ink) {
    float strongest = 0;
    for (float value : ink.values()) {
      strongest = Math.max(strongest, value);
    }
    if (median(border(ink)) > MNIST_GROUND || strongest < 0.5f) {
      return false;
    }
    Box all = box(ink, LEAST_CONTRAST);
    Box clear = box(ink, COMPRESSION_TRACES);
    return Math.max(all.width(), all.height()) >= BOX - FAINT_EDGE
        && Math.max(clear.width(), clear.height()) <= BOX
        && Math.abs(centreOfMass(ink, 1, 0) - MIDDLE) < OFF_CENTRE
        && Math.abs(centreOfMass(ink, 0, 1) - MIDDLE) < OFF_CENTRE;
  }

  /// Turns light into ink, 0 the ground and 1 the strongest ink: the ground is what the border
  /// shows, and ink is lighter or darker than it, whichever differs more. A few extreme pixels, a
  /// two-hundredth of all, do not count, unless the picture is blank without them.
  private static Step ink(String source, GrayImage light) throws ImageFormatException {
    float ground = median(border(light));
    int count = light.values().length;
    Ranks ranks = new Ranks(light.values());
    int extreme = count / 200;
    float strongest = contrast(ranks, extreme, ground);
    if (Math.abs(strongest) < LEAST_CONTRAST) {
      extreme = Math.min(extreme, FEW_PIXELS);
      strongest = contrast(ranks, extreme, ground);
      if (Math.abs(strongest) < CLEAR_CONTRAST) {
        throw new ImageFormatException(
            source, "ink that stands out from its ground expected, got a blank picture");
      }
    }
    float[] ink = new float[count];
    for (int i = 0; i < count; i++) {
      float part = (light.values()[i] - ground) / strongest;
      ink[i] = Math.clamp((part - GROUND_LEVEL) / (1 - 2 * GROUND_LEVEL), 0f, 1f);
    }
    return new Step(
        "ink",
        Map.of("ground", Float.toHexString(ground), "strongest", Float.toHexString(strongest)),
        new GrayImage(light.width(), light.height(), ink));
  }

  /// The larger of the differences of the n-th darkest and the n-th lightest pixel from the ground;
  /// negative if that is darker.
  private static float contrast(Ranks ranks, int n, float ground) {
    float darkest = ranks.at(n) - ground;
    float lightest = ranks.fromLargest(n) - ground;
    return -darkest >= lightest ? darkest : lightest;
  }

  /// The pixels of a frame along the four sides.
  private static float[] border(GrayImage image) {
    int width = image.width();
    int height = image.height();
    int depth = Math.max(1, Math.min(width, height) / 20);
    float[] values = new float[2 * depth * (width + height)];
    int count = 0;
    for (int y = 0; y < height; y++) {
      boolean whole = y < depth || y >= height - depth;
      int left = whole ? width : depth;
      int right = whole ? 0 : depth;
      System.arraycopy(image.values(), y * width, values, count, left);
      System.arraycopy(image.values(), (y + 1) * width - right, values, count + left, right);
      count += left + right;
    }
    return Arrays.copyOf(values, count);
  }

  private static float median(float[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /// The smallest rectangle with all clear ink.
  private static Step box(GrayImage ink) {
    Box box = box(ink, BOX_THRESHOLD);
    return new Step(
        "box",
        corner(box.left(), box.top()),
        ink.crop(box.left(), box.top(), box.width(), box.height()));
  }

  private record Box(int left, int top, int width, int height) {}

  private static Map<String, String> corner(int left, int top) {
    return Map.of("left", Integer.toString(left), "top", Integer.toString(top));
  }

  private static Box box(GrayImage ink, float threshold) {
    int left = ink.width();
    int right = -1;
    int top = ink.height();
    int bottom = -1;
    for (int y = 0; y < ink.height(); y++) {
      for (int x = 0; x < ink.width(); x++) {
        if (ink.at(x, y) > threshold) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return new Box(left, top, right - left + 1, bottom - top + 1);
  }

  /// Makes the strongest ink 1: the means that thin strokes leave are faint, and rounding may lift
  /// others above 1.
  private static Step brighten(GrayImage ink) {
    float strongest = 0;
    for (float value : ink.values()) {
      strongest = Math.max(strongest, value);
    }
    float[] values = new float[ink.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = ink.values()[i] / strongest;
    }
    return new Step(
        "brighten",
        Map.of("strongest", Float.toHexString(strongest)),
        new GrayImage(ink.width(), ink.height(), values));
  }

  /// Puts the centre of mass into the middle of 28 x 28 pixels.
  private static Step centre(GrayImage digit) {
    int left = place(centreOfMass(digit, 1, 0), digit.width());
    int top = place(centreOfMass(digit, 0, 1), digit.height());
    float[] result = new float[SIZE * SIZE];
    for (int y = 0; y < digit.height(); y++) {
      for (int x = 0; x < digit.width(); x++) {
        result[(top + y) * SIZE + left + x] = digit.at(x, y);
      }
    }
    return new Step("centre", corner(left, top), new GrayImage(SIZE, SIZE, result));
  }

  /// The x or y of the centre of mass: the mean of `alongX·x + alongY·y`, weighted with the ink.
  private static double centreOfMass(GrayImage ink, int alongX, int alongY) {
    double mass = 0;
    double moment = 0;
    for (int y = 0; y < ink.height(); y++) {
      for (int x = 0; x < ink.width(); x++) {
        mass += ink.at(x, y);
        moment += (alongX * x + alongY * y) * ink.at(x, y);
      }
    }
    return moment / mass;
  }

  /// Where a digit of this length begins, so that its centre of mass comes nearest to the middle
  /// while all of it stays inside.
  private static int place(double centre, int length) {
    return Math.clamp(Math.round(MIDDLE - centre), 0, SIZE - length);
  }
}
