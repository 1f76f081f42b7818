package legible.kernel;

import legible.kernel.loops.ConvolutionWeights;

/// The weights of a convolution as its loops read them: copied once for many calls.
///
/// Made by [Convolution#packed] and of use to kernels of the same set; many threads may share it.
public final class PackedFilters {
  final int outChannels;
  final ConvolutionWeights weights;

  PackedFilters(int outChannels, ConvolutionWeights weights) {
    this.outChannels = outChannels;
    this.weights = weights;
  }
}
