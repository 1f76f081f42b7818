package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Convolution]; each twin implements them.
public interface ConvolutionLoops {
  /// Input channels up to which a weight gradient gains nothing from copies of its pixels.
  int FEW_CHANNELS = 32;

  /// The number that the channels on the lanes must be a multiple of (callers pad).
  int lanes();

  /// The channels that share a panel: parts begin at multiples of it.
  int block();

  /// Steps of a chain in one part at most: their weights should stay in the first-level cache.
  ///
  /// @param lanes channels on the lanes
  int segment(int lanes);

  /// Makes room for the packed weights of a call and returns how many independent calls of [#pack]
  /// fill them.
  int reserve(int weightRows, int weightLanes, ConvolutionWeights weights);

  /// Fills one task's share of the packed weights.
  ///
  /// ```
  ///  row(p·depth + d)[o] = w[p·depth·channels + d·rowStep + o·laneStep]     p: kernel position
  /// ```
  ///
  /// for o in `[0, channels)` and zero for the lanes above.
  ///
  /// @param task which share, from 0
  /// @param positions kernel positions, kH·kW
  /// @param depth channels that the sum runs over
  /// @param channels channels on the lanes
  /// @param rowStep step in w between two values of d
  /// @param laneStep step in w between two values of o
  void pack(
      int task,
      int positions,
      int depth,
      int channels,
      float[] w,
      int rowStep,
      int laneStep,
      ConvolutionWeights weights);

  /// Multiplies packed weights: `row[o] = (float) (row[o] · scale[o])`, rounded once.
  ///
  /// @param scale a factor for each channel on the lanes
  void scale(int weightRows, double[] scale, ConvolutionWeights weights);

  /// Continues the chains of a part, and finishes them where they end.
  void accumulate(ConvolutionPart part);

  /// Continues the chains of a part of the weight gradient.
  void accumulate(WeightGradientPart part);
}
