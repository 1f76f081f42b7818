package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.WeightGradientPart;

/// Tiles of weight rows x vectors of output channels, over neighbouring pixels of the panels.
///
/// Those of four rows have eight chains in 16 registers: as many as two multipliers of latency four need. All values of a tile
/// are loaded before any is stored.
final class VectorConvolutionWeightTiles {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorConvolutionWeightTiles() {}

  /// Twelve neighbouring weight rows x two vectors, inputs in fours.
  ///
  /// @param group from the inputs of four rows to those of the next four
  static void fours12x2(WeightGradientPart part, int xo, int group, int zo, int pixels, int sum) {
    Tile12x2.fours(
        pixels, part.inputPanel, xo, group, part.gradientPanel, zo, part.sums, sum, part.lanes);
  }

  /// Four neighbouring weight rows x two vectors, inputs in fours.
  static void fours4x2(WeightGradientPart part, int xo, int zo, int pixels, int sum) {
    Tile4x2.fours(pixels, part.inputPanel, xo, part.gradientPanel, zo, part.sums, sum, part.lanes);
  }

  /// Four neighbouring weight rows x one vector, inputs in fours.
  static void fours4x1(WeightGradientPart part, int xo, int zo, int pixels, int sum) {
    float[] x = part.inputPanel;
    float[] z = part.gradientPanel;
    float[] sums = part.sums;
    int s0 = sum;
    int s1 = s0 + part.lanes;
    int s2 = s1 + part.lanes;
    int s3 = s2 + part.lanes;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    for (int p = 0; p < pixels; p++) {
      FloatVector za = FloatVector.fromArray(SPECIES, z, zo + p * LANES);
      a0 = FloatVector.broadcast(SPECIES, x[xo + p * 4]).fma(za, a0);
      a1 = FloatVector.broadcast(SPECIES, x[xo + p * 4 + 1]).fma(za, a1);
      a2 = FloatVector.broadcast(SPECIES, x[xo + p * 4 + 2]).fma(za, a2);
      a3 = FloatVector.broadcast(SPECIES, x[xo + p * 4 + 3]).fma(za, a3);
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s1);
    a2.intoArray(sums, s2);
    a3.intoArray(sums, s3);
  }

  /// Any four weight rows x two vectors, at places from the part's lists. A row may stand in the tile twice.
  static void listed4x2(
      WeightGradientPart part,
      int pixels,
      int x0,
      int x1,
      int x2,
      int x3,
      int zo,
      int s0,
      int s1,
      int s2,
      int s3) {
    float[] x = part.x;
    float[] z = part.dz;
    int[] inputAt = part.inputAt;
    int[] gradientAt = part.gradientAt;
    float[] sums = part.sums;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s0 + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, s1 + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, s2 + LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, s3 + LANES);
    for (int p = 0; p < pixels; p++) {
      int at = inputAt[p];
      int q = zo + gradientAt[p];
      FloatVector za = FloatVector.fromArray(SPECIES, z, q);
      FloatVector zb = FloatVector.fromArray(SPECIES, z, q + LANES);
      FloatVector v = FloatVector.broadcast(SPECIES, x[x0 + at]);
      a0 = v.fma(za, a0);
      b0 = v.fma(zb, b0);
      v = FloatVector.broadcast(SPECIES, x[x1 + at]);
      a1 = v.fma(za, a1);
      b1 = v.fma(zb, b1);
      v = FloatVector.broadcast(SPECIES, x[x2 + at]);
      a2 = v.fma(za, a2);
      b2 = v.fma(zb, b2);
      v = FloatVector.broadcast(SPECIES, x[x3 + at]);
      a3 = v.fma(za, a3);
      b3 = v.fma(zb, b3);
    }
    a0.intoArray(sums, s0);
    b0.intoArray(sums, s0 + LANES);
    a1.intoArray(sums, s1);
    b1.intoArray(sums, s1 + LANES);
    a2.intoArray(sums, s2);
    b2.intoArray(sums, s2 + LANES);
    a3.intoArray(sums, s3);
    b3.intoArray(sums, s3 + LANES);
  }

  /// Any four weight rows x one vector, at places from the part's lists. A row may stand in the tile twice.
  static void listed4x1(
      WeightGradientPart part,
      int pixels,
      int x0,
      int x1,
      int x2,
      int x3,
      int zo,
      int s0,
      int s1,
      int s2,
      int s3) {
    float[] x = part.x;
    float[] z = part.dz;
    int[] inputAt = part.inputAt;
    int[] gradientAt = part.gradientAt;
    float[] sums = part.sums;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    for (int p = 0; p < pixels; p++) {
      int at = inputAt[p];
      int q = zo + gradientAt[p];
      FloatVector za = FloatVector.fromArray(SPECIES, z, q);
      a0 = FloatVector.broadcast(SPECIES, x[x0 + at]).fma(za, a0);
      a1 = FloatVector.broadcast(SPECIES, x[x1 + at]).fma(za, a1);
      a2 = FloatVector.broadcast(SPECIES, x[x2 + at]).fma(za, a2);
      a3 = FloatVector.broadcast(SPECIES, x[x3 + at]).fma(za, a3);
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s1);
    a2.intoArray(sums, s2);
    a3.intoArray(sums, s3);
  }
}
