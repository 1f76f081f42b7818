package legible.digits.corrupt;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import legible.digits.raster.GaussianBlur;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Only the edges: smoothed with a Gaussian of one pixel times the strength, the ridges of the gradient
/// above 0.2, and those above 0.1 that hang together with them.
///
/// Source: Canny 1986; the gradient is that of Sobel, the ridge is told in four directions.
record CannyEdges() implements Corruption {
  private static final int SIZE = Raster.SIZE;
  private static final double SIGMA = 1;
  private static final float LOW = 0.1f;
  private static final float HIGH = 0.2f;

  /// The tangent of 22.5 degrees parts level from slanting.
  private static final float LEVEL = 0.41421357f;

  @Override
  public void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch) {
    GaussianBlur.apply(pixels, SIGMA * strength, scratch);
    float[] slope = new float[Raster.PIXELS];
    int[] across = new int[Raster.PIXELS];
    for (int i = 0; i < Raster.PIXELS; i++) {
      gradient(pixels, i % SIZE, i / SIZE, slope, across);
    }
    for (int i = 0; i < Raster.PIXELS; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      boolean inside = x > 0 && x < SIZE - 1 && y > 0 && y < SIZE - 1;
      boolean ridge = inside && slope[i] >= slope[i - across[i]] && slope[i] > slope[i + across[i]];
      scratch[i] = ridge && slope[i] >= LOW ? slope[i] : 0;
    }
    follow(scratch, pixels);
  }

  /// The gradient of one pixel, and the step to the neighbour that it points to.
  private static void gradient(float[] p, int x, int y, float[] slope, int[] across) {
    float northWest = Raster.nearest(p, x - 1, y - 1);
    float northEast = Raster.nearest(p, x + 1, y - 1);
    float southWest = Raster.nearest(p, x - 1, y + 1);
    float southEast = Raster.nearest(p, x + 1, y + 1);
    float west = Raster.nearest(p, x - 1, y);
    float east = Raster.nearest(p, x + 1, y);
    float north = Raster.nearest(p, x, y - 1);
    float south = Raster.nearest(p, x, y + 1);
    float dx = northEast + 2 * east + southEast - northWest - 2 * west - southWest;
    float dy = southWest + 2 * south + southEast - northWest - 2 * north - northEast;
    slope[y * SIZE + x] = (float) Math.sqrt(dx * dx + dy * dy);
    int level = Math.abs(dx) > LEVEL * Math.abs(dy) ? 1 : 0;
    int upright = Math.abs(dy) > LEVEL * Math.abs(dx) ? SIZE : 0;
    across[y * SIZE + x] = dx * dy < 0 ? level - upright : level + upright;
  }

  /// Keeps clear ridges, and faint ones that touch what is kept.
  private static void follow(float[] ridges, float[] edges) {
    Arrays.fill(edges, 0, Raster.PIXELS, 0f);
    Deque<Integer> kept = new ArrayDeque<>();
    for (int i = 0; i < Raster.PIXELS; i++) {
      if (ridges[i] >= HIGH) {
        edges[i] = 1;
        kept.add(i);
      }
    }
    while (!kept.isEmpty()) {
      int i = kept.remove();
      for (int y = i / SIZE - 1; y <= i / SIZE + 1; y++) {
        for (int x = i % SIZE - 1; x <= i % SIZE + 1; x++) {
          int next = y * SIZE + x;
          if (x >= 0 && x < SIZE && y >= 0 && y < SIZE && ridges[next] > 0 && edges[next] == 0) {
            edges[next] = 1;
            kept.add(next);
          }
        }
      }
    }
  }
}
