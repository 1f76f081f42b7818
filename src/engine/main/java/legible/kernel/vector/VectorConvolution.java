package legible.kernel.vector;

import legible.kernel.loops.ConvolutionLoops;

/// [ConvolutionLoops] on `jdk.incubator.vector`.
final class VectorConvolution implements ConvolutionLoops {}
