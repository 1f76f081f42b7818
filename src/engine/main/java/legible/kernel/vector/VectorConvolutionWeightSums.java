package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.WeightGradientPart;

/// The weight gradient of a part: tiles of weight rows x vectors of output channels stay in registers
/// over all pixels of the part.
///
/// A last tile repeats its last row: all of a tile's values are loaded before any is stored, so the
/// copies store equal values.
final class VectorConvolutionWeightSums {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorConvolutionWeightSums() {}

  static void accumulate(WeightGradientPart part) {
    int o = 0;
    for (; o + 2 * LANES <= part.channels; o += 2 * LANES) {
      for (int k = 0; k < part.depth; k += 4) {
        tile4x2(part, k, o);
      }
    }
    if (o < part.channels) {
      for (int k = 0; k < part.depth; k += 4) {
        tile4x1(part, k, o);
      }
    }
  }

  private static void tile4x2(WeightGradientPart part, int k, int o) {
    float[] x = part.x;
    float[] z = part.dz;
    float[] sums = part.sums;
    int k1 = Math.min(k + 1, part.depth - 1);
    int k2 = Math.min(k + 2, part.depth - 1);
    int k3 = Math.min(k + 3, part.depth - 1);
    int s0 = part.sumStart + k * part.sumStep + o;
    int s1 = part.sumStart + k1 * part.sumStep + o;
    int s2 = part.sumStart + k2 * part.sumStep + o;
    int s3 = part.sumStart + k3 * part.sumStep + o;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s0 + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, s1 + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, s2 + LANES);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    FloatVector b3 = FloatVector.fromArray(SPECIES, sums, s3 + LANES);
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        int xo = part.xStart + n * part.xImage + r * part.xRow;
        int zo = part.zStart + n * part.zImage + r * part.zRow + o;
        for (int c = 0; c < part.columns; c++, xo += part.xColumn, zo += part.zColumn) {
          FloatVector za = FloatVector.fromArray(SPECIES, z, zo);
          FloatVector zb = FloatVector.fromArray(SPECIES, z, zo + LANES);
          FloatVector v = FloatVector.broadcast(SPECIES, x[xo + k]);
          a0 = v.fma(za, a0);
          b0 = v.fma(zb, b0);
          v = FloatVector.broadcast(SPECIES, x[xo + k1]);
          a1 = v.fma(za, a1);
          b1 = v.fma(zb, b1);
          v = FloatVector.broadcast(SPECIES, x[xo + k2]);
          a2 = v.fma(za, a2);
          b2 = v.fma(zb, b2);
          v = FloatVector.broadcast(SPECIES, x[xo + k3]);
          a3 = v.fma(za, a3);
          b3 = v.fma(zb, b3);
        }
      }
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

  private static void tile4x1(WeightGradientPart part, int k, int o) {
    float[] x = part.x;
    float[] z = part.dz;
    float[] sums = part.sums;
    int k1 = Math.min(k + 1, part.depth - 1);
    int k2 = Math.min(k + 2, part.depth - 1);
    int k3 = Math.min(k + 3, part.depth - 1);
    int s0 = part.sumStart + k * part.sumStep + o;
    int s1 = part.sumStart + k1 * part.sumStep + o;
    int s2 = part.sumStart + k2 * part.sumStep + o;
    int s3 = part.sumStart + k3 * part.sumStep + o;
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s1);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s2);
    FloatVector a3 = FloatVector.fromArray(SPECIES, sums, s3);
    for (int n = 0; n < part.images; n++) {
      for (int r = 0; r < part.rows; r++) {
        int xo = part.xStart + n * part.xImage + r * part.xRow;
        int zo = part.zStart + n * part.zImage + r * part.zRow + o;
        for (int c = 0; c < part.columns; c++, xo += part.xColumn, zo += part.zColumn) {
          FloatVector za = FloatVector.fromArray(SPECIES, z, zo);
          a0 = FloatVector.broadcast(SPECIES, x[xo + k]).fma(za, a0);
          a1 = FloatVector.broadcast(SPECIES, x[xo + k1]).fma(za, a1);
          a2 = FloatVector.broadcast(SPECIES, x[xo + k2]).fma(za, a2);
          a3 = FloatVector.broadcast(SPECIES, x[xo + k3]).fma(za, a3);
        }
      }
    }
    a0.intoArray(sums, s0);
    a1.intoArray(sums, s1);
    a2.intoArray(sums, s2);
    a3.intoArray(sums, s3);
  }
}
