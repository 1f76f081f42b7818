package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.ConvolutionPart;

/// Copies of weights and of patches into the order in which the tiles read them.
final class VectorConvolutionPacking {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PITCH = ConvolutionPart.PITCH;

  private VectorConvolutionPacking() {}

  /// Copies what the pixels `[from, to)` of a part see, run by run.
  static void patches(ConvolutionPart part, int from, int to) {
    for (int run = 0; run < part.runs; run++) {
      run(part, from, to, part.runInputs[run], run * part.runLength);
    }
  }

  private static void run(ConvolutionPart part, int from, int to, int input, int at) {
    float[] x = part.x;
    float[] patches = part.patches;
    int[] inputs = part.inputs;
    int length = part.runLength;
    int vectors = SPECIES.loopBound(length);
    for (int p = from; p < to; p++) {
      int source = inputs[p] + input;
      int target = (p - from) * PITCH + at;
      int k = 0;
      // vector body
      for (; k < vectors; k += LANES) {
        FloatVector.fromArray(SPECIES, x, source + k).intoArray(patches, target + k);
      }
      // scalar tail
      for (; k < length; k++) {
        patches[target + k] = x[source + k];
      }
    }
  }

  /// `panel[to + d·width + o] = w[from + o·laneStep + d]` for o in `[0, count)`, zero above.
  static void transpose(
      int depth, int count, float[] w, int from, int laneStep, float[] panel, int to, int width) {
    for (int o = 0; o < width; o++) {
      int source = from + o * laneStep;
      for (int d = 0; d < depth; d++) {
        panel[to + d * width + o] = o < count ? w[source + d] : 0f;
      }
    }
  }
}
