package legible.digits.compose;

import java.util.ArrayList;
import java.util.List;
import legible.digits.numbers.Alphabet;
import legible.digits.numbers.InkLevels;
import legible.random.CounterRandom;

/// Composes pictures of written numbers from MNIST's digits: a text is made up, written with gaps,
/// overlaps, slant and unsteady places, on grounds made by code, as a function of (seed, epoch, index)
/// alone. Nothing is stored: there are as many pictures as anybody asks for.
///
/// ```
///  text → style → places → ink → paper, printed lines, grain → light → ink levels
/// ```
public final class LineComposer {
  /// Rows of a picture.
  public static final int HEIGHT = 32;

  /// Columns at each end that hold no ink: a network without padding sees them only aside.
  private static final int MARGIN = 10;

  /// How lines are made up.
  public enum Manner {
    /// Numbers and amounts in many hands, some of them tidy, on many grounds: what a reader learns
    /// from. Ink is what [InkLevels] finds.
    MANY_HANDS(0.1),
    /// The same with half of the lines tidy: what a reader learns from at last.
    TIDIER_HANDS(0.5),
    /// 2 to 10 of MNIST's digits as they are, on blank paper, in half of the lines close enough to
    /// touch: a measure that others can repeat.
    PLAIN(1);

    private final double tidy;

    /// @param tidy the share of lines of MNIST's digits side by side, on a level line
    Manner(double tidy) {
      this.tidy = tidy;
    }
  }

  private final Handwriting handwriting;
  private final Manner manner;
  private final CounterRandom random;
  private final int width;

  /// @param handwriting the digits
  /// @param manner how lines are made up
  /// @param width columns of each picture
  /// @param seed of all draws
  public LineComposer(Handwriting handwriting, Manner manner, int width, long seed) {
    this.handwriting = handwriting;
    this.manner = manner;
    this.width = width;
    this.random = new CounterRandom(seed).split("compose");
  }

  /// Memory of one thread.
  public static final class Scratch {
    private final Handwriting.Scratch handwriting = new Handwriting.Scratch();
    private Canvas canvas;

    private Canvas canvas(int width, int height) {
      if (canvas == null || canvas.width() != width) {
        canvas = new Canvas(width, height);
      }
      canvas.clear();
      return canvas;
    }
  }

  /// A sign at its place: one of MNIST's digits, or strokes.
  private record Placed(int sign, Handwriting.Placement digit, List<float[]> strokes) {}

  /// What a picture shows.
  private record Line(LineStyle style, List<Placed> signs) {}

  /// The classes of a picture's signs, left to right.
  public int[] text(int index, int epoch) {
    return line(stream(index, epoch)).signs().stream().mapToInt(Placed::sign).toArray();
  }

  private CounterRandom stream(int index, int epoch) {
    return random.split(epoch).split(index);
  }

  private Line line(CounterRandom stream) {
    Draws draws = new Draws(stream.split("line"));
    if (manner == Manner.PLAIN || draws.chance(manner.tidy)) {
      LineStyle plain = LineStyle.plain(draws);
      int[] digits = Alphabet.classes(AmountText.evenDigits(2 + draws.below(9), draws));
      return new Line(plain, places(digits, plain, draws));
    }
    LineStyle style = LineStyle.draw(draws);
    return new Line(style, places(Alphabet.classes(AmountText.draw(draws)), style, draws));
  }

  /// Places signs from left to right until the picture is full, then moves all to a random place.
  private List<Placed> places(int[] text, LineStyle style, Draws draws) {
    List<Placed> signs = new ArrayList<>();
    float x = 0;
    float middle = HEIGHT / 2f + draws.uniform(-3, 3);
    for (int sign : text) {
      float size = sign == 0 ? style.zeros() : 1;
      float height = size * style.height() * (1 + draws.jitter(style.looseness()));
      float y = middle + style.slope() * x + draws.jitter(style.looseness() * style.height());
      float gap = (style.gap() + draws.jitter(style.looseness())) * style.height();
      x += signs.isEmpty() ? 0 : Math.max(gap, -0.2f * style.height());
      boolean drawn = sign >= Alphabet.DIGITS || draws.chance(style.drawn());
      x =
          drawn
              ? strokes(sign, x, y, height, style, draws, signs)
              : digit(sign, x, y, height, style, draws, signs);
      if (x > width - 2 * MARGIN) {
        signs.removeLast();
        dropFraction(signs);
        break;
      }
    }
    float end = signs.isEmpty() ? 0 : right(signs.getLast());
    float shift = MARGIN + draws.uniform(0, Math.max(0, width - 2 * MARGIN - end));
    return signs.stream().map(sign -> shifted(sign, shift)).toList();
  }

  /// A slash without what belongs behind it would be a 1 for everybody.
  private static void dropFraction(List<Placed> signs) {
    int slash = Alphabet.SIGNS.indexOf('/');
    for (int i = 0; i < signs.size(); i++) {
      if (signs.get(i).sign() == slash) {
        signs.subList(i, signs.size()).clear();
      }
    }
  }

  private float digit(
      int sign, float x, float y, float height, LineStyle style, Draws draws, List<Placed> signs) {
    int index = handwriting.pick(sign, draws);
    float scaleY = height / 20;
    float scaleX = scaleY * style.aspect() * (1 + draws.jitter(style.looseness()));
    float half = handwriting.inkWidth(index) * scaleX / 2;
    float slant = style.slant() + draws.jitter(style.looseness());
    long bending = manner == Manner.PLAIN ? 0 : draws.bits() | 1;
    signs.add(
        new Placed(
            sign,
            new Handwriting.Placement(index, x + half, y, scaleX, scaleY, slant, bending),
            List.of()));
    return x + 2 * half;
  }

  private static float strokes(
      int sign, float x, float y, float height, LineStyle style, Draws draws, List<Placed> signs) {
    List<float[]> strokes = Strokes.of(sign, draws, style.wobble());
    float[] extent = Strokes.extent(strokes);
    float slant = style.slant() + draws.jitter(style.looseness());
    for (float[] points : strokes) {
      for (int i = 0; i < points.length; i += 2) {
        float down = (points[i + 1] - 0.5f) * height;
        points[i] = x + (points[i] - extent[0]) * height * style.aspect() - slant * down;
        points[i + 1] = y + down;
      }
    }
    signs.add(new Placed(sign, null, strokes));
    return x + Math.max(2, (extent[1] - extent[0]) * height * style.aspect());
  }

  private float left(Placed sign) {
    return sign.digit() == null
        ? Strokes.extent(sign.strokes())[0]
        : sign.digit().centreX()
            - handwriting.inkWidth(sign.digit().index()) * sign.digit().scaleX() / 2;
  }

  private float right(Placed sign) {
    return sign.digit() == null
        ? Strokes.extent(sign.strokes())[1]
        : sign.digit().centreX()
            + handwriting.inkWidth(sign.digit().index()) * sign.digit().scaleX() / 2;
  }

  private static Placed shifted(Placed sign, float shift) {
    for (float[] points : sign.strokes()) {
      for (int i = 0; i < points.length; i += 2) {
        points[i] += shift;
      }
    }
    Handwriting.Placement d = sign.digit();
    Handwriting.Placement moved =
        d == null
            ? null
            : new Handwriting.Placement(
                d.index(),
                d.centreX() + shift,
                d.centreY(),
                d.scaleX(),
                d.scaleY(),
                d.slant(),
                d.bending());
    return new Placed(sign.sign(), moved, sign.strokes());
  }

  /// Draws a picture.
  ///
  /// @param target receives `HEIGHT·width` values, ink 1 and ground 0
  /// @param offset where in target
  public void compose(int index, int epoch, float[] target, int offset, Scratch scratch) {
    CounterRandom stream = stream(index, epoch);
    Line line = line(stream);
    Canvas canvas = scratch.canvas(width, HEIGHT);
    LineStyle style = line.style();
    Draws draws = new Draws(stream.split("paper"));
    for (Placed sign : line.signs()) {
      if (sign.digit() != null) {
        handwriting.draw(sign.digit(), style.least(), style.most(), canvas, scratch.handwriting);
      }
      sign.strokes().forEach(points -> canvas.stroke(points, style.pen(), 1));
    }
    if (manner == Manner.PLAIN) {
      System.arraycopy(canvas.ink(), 0, target, offset, canvas.ink().length);
      return;
    }
    if (draws.chance(0.15)) {
      canvas.thicken(draws.uniform(0, 0.8));
    }
    float[] light = new float[width * HEIGHT];
    Paper.fill(light, width, HEIGHT, style.height(), draws);
    Clutter.print(light, width, HEIGHT, draws);
    write(canvas.ink(), light, draws);
    Paper.grain(light, width, HEIGHT, draws);
    InkLevels.apply(light, 0, light.length);
    cut(line, light, draws);
    System.arraycopy(light, 0, target, offset, light.length);
  }

  /// Pictures of a line often end close to its ink, and what a reader puts beside them is blank.
  private void cut(Line line, float[] ink, Draws draws) {
    float left = MARGIN - draws.uniform(0, MARGIN);
    float right = draws.uniform(0, 12);
    if (line.signs().isEmpty() || draws.chance(0.5)) {
      return;
    }
    Placed first = line.signs().getFirst();
    int from = (int) (left(first) - left);
    int to = (int) (right(line.signs().getLast()) + right);
    for (int i = 0; i < ink.length; i++) {
      ink[i] = i % width < from || i % width > to ? 0 : ink[i];
    }
  }

  /// Ink takes light away, more or less evenly.
  private void write(float[] ink, float[] light, Draws draws) {
    float depth = draws.chance(0.4) ? draws.uniform(0.7, 0.95) : draws.uniform(0.4, 0.8);
    float uneven = draws.chance(0.5) ? 0 : draws.uniform(0, 0.25);
    float wave = draws.uniform(0.1, 0.6);
    float phase = draws.uniform(0, 6);
    float[] strength = new float[width];
    for (int x = 0; x < width; x++) {
      strength[x] = depth * (1 - uneven * (1 + (float) StrictMath.sin(wave * x + phase)) / 2);
    }
    for (int i = 0; i < light.length; i++) {
      light[i] *= 1 - strength[i % width] * ink[i];
    }
    if (draws.chance(0.3)) {
      blur(light);
    }
  }

  /// The mean of each pixel and its right and lower neighbours.
  private void blur(float[] light) {
    for (int y = 0; y < HEIGHT - 1; y++) {
      for (int x = 0; x < width - 1; x++) {
        int i = y * width + x;
        light[i] = (light[i] + light[i + 1] + light[i + width] + light[i + width + 1]) / 4;
      }
    }
  }
}
