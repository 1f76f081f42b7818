package legible.digits.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  private static final int POINTS = 16;

  /// Coordinates along the two axes: without correlation, the first with the larger variance.
  private static double first(int i) {
    return i % 2 == 0 ? 3 : -3;
  }

  private static double second(int i) {
    return i / 2 % 2 == 0 ? 1 : -1;
  }

  /// The points `mean + first·(0.6, 0.8, 0...) + second·(-0.8, 0.6, 0...)`.
  private static float[][] rows(int dimensions) {
    float[][] rows = new float[POINTS][dimensions];
    for (int i = 0; i < POINTS; i++) {
      rows[i][0] = (float) (5 + 0.6 * first(i) - 0.8 * second(i));
      rows[i][1] = (float) (7 + 0.8 * first(i) + 0.6 * second(i));
      rows[i][dimensions - 1] += dimensions > 2 ? 100 : 0;
    }
    return rows;
  }

  /// By either matrix: with fewer dimensions than points, and with more.
  @Test
  void findsTheAxes() {
    for (int dimensions : new int[] {2, 3, POINTS, POINTS + 1, 60}) {
      PrincipalComponents plane = PrincipalComponents.of(rows(dimensions));
      assertArrayEquals(new double[] {0.9, 0.1}, plane.shares(), 1e-6);
      for (int i = 0; i < POINTS; i++) {
        // The coordinate of the largest magnitude of the second axis is -0.8: its sign is turned.
        assertArrayEquals(
            new double[] {first(i), -second(i)}, plane.points()[i], 1e-5, dimensions + " " + i);
      }
    }
  }

  @Test
  void pointsThatDoNotDifferAreOnePoint() {
    for (int points : new int[] {1, 3}) {
      PrincipalComponents plane = PrincipalComponents.of(new float[points][5]);
      assertArrayEquals(new double[2], plane.shares());
      for (double[] point : plane.points()) {
        assertArrayEquals(new double[2], point);
      }
    }
    assertEquals(0, PrincipalComponents.of(new float[][] {{1}, {3}}).shares()[1]);
  }

  /// The mean of equal numbers is another one after rounding, and no axis lies in such differences.
  @Test
  void roundingIsNoDifference() {
    float[][] rows = new float[POINTS - 1][40];
    for (float[] row : rows) {
      Arrays.fill(row, 0.1f);
    }
    assertArrayEquals(new double[2], PrincipalComponents.of(rows).shares());
  }
}
