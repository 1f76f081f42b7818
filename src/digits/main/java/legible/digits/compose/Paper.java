package legible.digits.compose;

/// Grounds that numbers are written on, made by code: paper grain, uneven light, shadows, ruled and
/// squared lines, and the curves, hatchings and dots that banks print so that nobody can erase.
final class Paper {
  private static final float TURN = (float) (2 * Math.PI);

  private Paper() {}

  /// Fills a sheet with light, 0 black to 1 white.
  ///
  /// @param height of a digit, pixels: prints have sizes of that order
  static void fill(float[] light, int width, int rows, float height, Draws draws) {
    float level = draws.uniform(0.45, 1);
    float slopeX = draws.uniform(-0.15, 0.15) / width;
    float slopeY = draws.uniform(-0.1, 0.1) / rows;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        light[y * width + x] = level * (1 + slopeX * (x - width / 2f) + slopeY * (y - rows / 2f));
      }
    }
    if (draws.chance(0.1)) {
      shadow(light, width, rows, draws);
    }
    if (draws.chance(0.65)) {
      print(light, width, rows, height, draws);
    }
  }

  /// Everything beyond a straight edge gets darker or lighter.
  private static void shadow(float[] light, int width, int rows, Draws draws) {
    float angle = draws.uniform(0, TURN);
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    float place = draws.uniform(-0.3, 0.3) * (Math.abs(cos) * width + Math.abs(sin) * rows);
    float factor = draws.uniform(0.75, 1.15);
    float soft = draws.uniform(0.7, 6);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        float beyond = (cos * (x - width / 2f) + sin * (y - rows / 2f) - place) / soft;
        float share = Math.clamp(beyond + 0.5f, 0f, 1f);
        light[y * width + x] *= 1 + share * (factor - 1);
      }
    }
  }

  /// One to three families of lines, or dots.
  private static void print(float[] light, int width, int rows, float height, Draws draws) {
    float depth = draws.uniform(0.03, 0.24);
    int families = 1 + draws.below(3);
    for (int i = 0; i < families; i++) {
      if (draws.chance(0.2)) {
        dots(light, width, rows, height, depth, draws);
      } else {
        waves(light, width, rows, height, depth, draws);
      }
    }
  }

  /// Equidistant lines, bent by two sines: with the depth of their bends from ruled to guilloche.
  private static void waves(
      float[] light, int width, int rows, float height, float depth, Draws draws) {
    float angle = draws.chance(0.5) ? draws.jitter(0.3) : draws.uniform(-1.6, 1.6);
    float cos = (float) StrictMath.cos(angle);
    float sin = (float) StrictMath.sin(angle);
    float period = height * draws.uniform(0.1, 0.5);
    float thin = draws.uniform(0.12, 0.5);
    float bend = draws.chance(0.3) ? 0 : period * draws.uniform(0.2, 2.5);
    float wave = TURN / (height * draws.uniform(0.4, 4));
    float phase = draws.uniform(0, TURN);
    float start = draws.uniform(0, period);
    float[] bends = new float[width + rows];
    for (int i = 0; i < bends.length; i++) {
      bends[i] = start + bend * (float) StrictMath.sin(wave * i + phase);
    }
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        float along = Math.clamp(cos * x + sin * y + rows / 2f, 0f, bends.length - 1f);
        float across = (-sin * x + cos * y + bends[(int) along]) / period;
        float distance = Math.abs(across - (float) Math.floor(across) - 0.5f);
        float line = Math.clamp((thin / 2 - distance) * period + 0.5f, 0f, 1f);
        light[y * width + x] *= 1 - depth * line;
      }
    }
  }

  /// Dots at the corners of a slanted grid.
  private static void dots(
      float[] light, int width, int rows, float height, float depth, Draws draws) {
    float period = height * draws.uniform(0.12, 0.3);
    float angle = draws.uniform(-0.8, 0.8);
    float cos = (float) StrictMath.cos(angle) * TURN / period;
    float sin = (float) StrictMath.sin(angle) * TURN / period;
    float[] waveX = new float[width + rows];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        waveX[x] = (float) (StrictMath.cos(cos * x + sin * y) * StrictMath.cos(cos * y - sin * x));
        light[y * width + x] *= 1 - depth * Math.max(0, waveX[x]);
      }
    }
  }

  /// Grain: independent noise, and noise that is the same in squares of some pixels.
  static void grain(float[] light, int width, int rows, Draws draws) {
    float fine = draws.chance(0.3) ? 0 : draws.uniform(0, 0.05);
    float coarse = draws.chance(0.5) ? 0 : draws.uniform(0, 0.04);
    int cell = 2 + draws.below(4);
    float[] cells = new float[(width / cell + 2) * (rows / cell + 2)];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = coarse == 0 ? 0 : draws.jitter(coarse);
    }
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < width; x++) {
        float noise = cells[y / cell * (width / cell + 2) + x / cell];
        noise += fine == 0 ? 0 : draws.uniform(-1.7 * fine, 1.7 * fine);
        light[y * width + x] = Math.clamp(light[y * width + x] + noise, 0f, 1f);
      }
    }
  }
}
