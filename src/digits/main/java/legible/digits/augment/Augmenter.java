package legible.digits.augment;

import legible.random.CounterRandom;

/// Distorts a picture of 28 x 28 pixels, as a function of (seed, epoch, index) alone.
///
/// For each pixel of the result, the place it comes from is
///
/// ```
///  source = centre + shift + R(angle)·H(shear)·S(scale) · (pixel - centre + D(pixel))
/// ```
///
/// with the rotation R, the horizontal shear H, the enlargement S and a smooth displacement field D;
/// the source is read with bilinear interpolation, zero outside of the picture. D is a uniform cubic
/// B-spline over a coarse grid of random vectors: as smooth as the Gaussian-filtered noise of the
/// literature, at a fraction of its cost.
///
/// The geometry is in [StrictMath] and plain float arithmetic, the same on every machine.
///
/// Source: Simard, Steinkraus & Platt 2003, "Best practices for convolutional neural networks applied
/// to visual document analysis", section 2.
public final class Augmenter {
  private static final int SIZE = 28;
  private static final float CENTRE = 13.5f;

  /// The picture with a border of zeros, wide enough that no place outside of it is ever read.
  private static final int BORDER = 2;

  private static final int PADDED = SIZE + 2 * BORDER;

  /// The largest place whose right neighbour is still inside.
  private static final float LAST = PADDED - 1.01f;

  /// The numbers of the random draws.
  private static final int ANGLE = 0;

  private static final int SCALE = 1;
  private static final int SHEAR = 2;
  private static final int SHIFT_X = 3;
  private static final int SHIFT_Y = 4;
  private static final int FIELD = 5;

  private final Augmentation augmentation;
  private final CounterRandom random;

  /// The first control point that touches each pixel, and the weights of it and the next three.
  private final int[] first = new int[SIZE];

  private final float[] spline = new float[SIZE * 4];

  public Augmenter(Augmentation augmentation, long seed) {
    this.augmentation = augmentation;
    this.random = new CounterRandom(seed).split("augment");
    for (int i = 0; i < SIZE; i++) {
      float t = (i + 0.5f) / SIZE * augmentation.elasticCells();
      first[i] = (int) t;
      weights(t - first[i], spline, i * 4);
    }
  }

  /// The uniform cubic B-spline at f in [0, 1).
  private static void weights(float f, float[] target, int offset) {
    float g = 1 - f;
    target[offset] = g * g * g / 6;
    target[offset + 1] = (3 * f * f * f - 6 * f * f + 4) / 6;
    target[offset + 2] = (-3 * f * f * f + 3 * f * f + 3 * f + 1) / 6;
    target[offset + 3] = f * f * f / 6;
  }

  /// Memory of one thread, reused from picture to picture.
  public static final class Scratch {
    private final float[] source = new float[PADDED * PADDED];
    private final float[] gridX = new float[17 * 17];
    private final float[] gridY = new float[17 * 17];
    private final float[] rowsX = new float[17 * SIZE];
    private final float[] rowsY = new float[17 * SIZE];
  }

  /// Distorts one picture.
  ///
  /// @param pixels grey values 0..255, row-major
  /// @param offset where the picture starts
  /// @param epoch 0-based epoch
  /// @param index which sample
  /// @param target receives 784 values in [0, 1]
  /// @param targetOffset where in target
  /// @param scratch of the calling thread
  public void augment(
      byte[] pixels,
      int offset,
      int epoch,
      int index,
      float[] target,
      int targetOffset,
      Scratch scratch) {
    CounterRandom draw = random.split(epoch).split(index);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        scratch.source[(y + BORDER) * PADDED + x + BORDER] =
            (pixels[offset + y * SIZE + x] & 0xff) / 255f;
      }
    }
    field(draw, scratch);
    map(draw, scratch, target, targetOffset);
  }

  /// Draws the control points and interpolates them along x.
  private void field(CounterRandom draw, Scratch scratch) {
    int points = augmentation.elasticCells() + 3;
    float strength = augmentation.elasticPixels();
    for (int i = 0; i < points * points; i++) {
      scratch.gridX[i] = draw.uniform(FIELD + 2 * i, -strength, strength);
      scratch.gridY[i] = draw.uniform(FIELD + 2 * i + 1, -strength, strength);
    }
    for (int i = 0; i < points; i++) {
      for (int x = 0; x < SIZE; x++) {
        int from = i * points + first[x];
        scratch.rowsX[i * SIZE + x] = blend(scratch.gridX, from, 1, x);
        scratch.rowsY[i * SIZE + x] = blend(scratch.gridY, from, 1, x);
      }
    }
  }

  /// Four neighbouring values, weighted for one pixel.
  private float blend(float[] values, int from, int step, int pixel) {
    return spline[pixel * 4] * values[from]
        + spline[pixel * 4 + 1] * values[from + step]
        + spline[pixel * 4 + 2] * values[from + 2 * step]
        + spline[pixel * 4 + 3] * values[from + 3 * step];
  }

  private void map(CounterRandom draw, Scratch scratch, float[] target, int targetOffset) {
    double angle = StrictMath.toRadians(symmetric(draw, ANGLE, augmentation.rotationDegrees()));
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    float scale = (float) StrictMath.exp(symmetric(draw, SCALE, augmentation.scale()));
    float shear = symmetric(draw, SHEAR, augmentation.shear());
    float xx = cos * scale;
    float xy = (cos * shear - sin) * scale;
    float yx = sin * scale;
    float yy = (sin * shear + cos) * scale;
    float originX = CENTRE + BORDER + symmetric(draw, SHIFT_X, augmentation.shiftPixels());
    float originY = CENTRE + BORDER + symmetric(draw, SHIFT_Y, augmentation.shiftPixels());
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        int from = first[y] * SIZE + x;
        float u = x - CENTRE + blend(scratch.rowsX, from, SIZE, y);
        float v = y - CENTRE + blend(scratch.rowsY, from, SIZE, y);
        target[targetOffset + y * SIZE + x] =
            bilinear(scratch.source, xx * u + xy * v + originX, yx * u + yy * v + originY);
      }
    }
  }

  /// The picture's value between four pixels; places outside are moved to the border, which is zero.
  private static float bilinear(float[] source, float x, float y) {
    float inX = Math.clamp(x, 0f, LAST);
    float inY = Math.clamp(y, 0f, LAST);
    int column = (int) inX;
    int row = (int) inY;
    float right = inX - column;
    float down = inY - row;
    int i = row * PADDED + column;
    float top = source[i] + right * (source[i + 1] - source[i]);
    float bottom = source[i + PADDED] + right * (source[i + PADDED + 1] - source[i + PADDED]);
    return top + down * (bottom - top);
  }

  private static float symmetric(CounterRandom draw, int number, float bound) {
    return draw.uniform(number, -bound, bound);
  }
}
