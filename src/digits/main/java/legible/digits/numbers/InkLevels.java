package legible.digits.numbers;

/// Turns light into ink: the ground becomes 0, the pen 1, whatever paper and pen were.
///
/// ```
///  ground = the median of all light
///  pen    = the light that 2 % of all pixels stay below
///  ink    = (ground - light) / (ground - pen), between 0 and 1
/// ```
///
/// Pictures of training and those to be read take this same way.
public final class InkLevels {
  /// Share of pixels that are surely ink, if there is any.
  private static final double PEN_SHARE = 0.02;

  /// A difference below this is the paper's own: it is not stretched any further.
  private static final float LEAST_CONTRAST = 0.04f;

  private static final int LEVELS = 512;

  private InkLevels() {}

  /// Replaces light by ink.
  ///
  /// @param values light in [0, 1], changed in place
  /// @param first where they begin
  /// @param count how many
  public static void apply(float[] values, int first, int count) {
    int[] histogram = new int[LEVELS];
    for (int i = first; i < first + count; i++) {
      histogram[level(values[i])]++;
    }
    float ground = quantile(histogram, (int) (count * 0.5));
    float pen = quantile(histogram, (int) (count * PEN_SHARE));
    float contrast = Math.max(ground - pen, LEAST_CONTRAST);
    for (int i = first; i < first + count; i++) {
      values[i] = Math.clamp((ground - values[i]) / contrast, 0f, 1f);
    }
  }

  private static int level(float light) {
    return Math.clamp((int) (light * LEVELS), 0, LEVELS - 1);
  }

  private static float quantile(int[] histogram, int rank) {
    int seen = 0;
    int level = 0;
    while (level < LEVELS - 1 && seen + histogram[level] <= rank) {
      seen += histogram[level++];
    }
    return (level + 0.5f) / LEVELS;
  }
}
