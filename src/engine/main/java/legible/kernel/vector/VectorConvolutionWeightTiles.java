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

  /// Twelve neighbouring weight rows x two vectors, inputs in fours, for machines of 32 registers.
  ///
  /// @param group from the inputs of four rows to those of the next four
  static void fours12x2(WeightGradientPart part, int xo, int group, int zo, int pixels, int sum) {
    Tile12x2.fours(
        pixels, part.inputPanel, xo, group, part.gradientPanel, zo, part.sums, sum, part.lanes);
  }

  /// Four neighbouring weight rows x two vectors, inputs in fours.
  static void fours4x2(WeightGradientPart part, int xo, int zo, int pixels, int sum) {
    float[] x = part.inputPanel;
    float[] z = part.gradientPanel;
    float[] sums = part.sums;
    int s0 = sum;
    int s1 = s0 + part.lanes;
    int s2 = s1 + part.lanes;
    int s3 = s2 + part.lanes;
    Tile4x2.fours(pixels, x, xo, z, zo, sums, s0, s1, s2, s3);
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

  /// Any four weight rows x two vectors, inputs in planes. A row may stand in the tile twice.
  static void planes4x2(
      WeightGradientPart part,
      int zo,
      int pixels,
      int x0,
      int x1,
      int x2,
      int x3,
      int s0,
      int s1,
      int s2,
      int s3) {
    float[] x = part.inputPanel;
    float[] z = part.gradientPanel;
    float[] sums = part.sums;
    Tile4x2.rows(
        1,
        pixels,
        x,
        x0,
        x1,
        x2,
        x3,
        Tile4x2.ONE_RUN,
        z,
        zo,
        Tile4x2.ONE_RUN,
        sums,
        s0,
        s1,
        s2,
        s3,
        sums,
        s0,
        s1,
        s2,
        s3);
  }

  /// Any four weight rows x one vector, inputs in planes. A row may stand in the tile twice.
  static void planes4x1(
      WeightGradientPart part,
      int zo,
      int pixels,
      int x0,
      int x1,
      int x2,
      int x3,
      int s0,
      int s1,
      int s2,
      int s3) {
    float[] x = part.inputPanel;
    float[] z = part.gradientPanel;
    float[] sums = part.sums;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    for (int p = 0; p < pixels; p++) {
      FloatVector za = FloatVector.fromArray(SPECIES, z, zo + p * LANES);
      a0 = FloatVector.broadcast(SPECIES, x[x0 + p]).fma(za, a0);
      a1 = FloatVector.broadcast(SPECIES, x[x1 + p]).fma(za, a1);
      a2 = FloatVector.broadcast(SPECIES, x[x2 + p]).fma(za, a2);
      a3 = FloatVector.broadcast(SPECIES, x[x3 + p]).fma(za, a3);
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s1);
    a2.intoArray(sums, s2);
    a3.intoArray(sums, s3);
  }
}
