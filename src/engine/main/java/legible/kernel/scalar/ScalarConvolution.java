package legible.kernel.scalar;

import legible.kernel.loops.ConvolutionLoops;

/// [ConvolutionLoops] in plain Java.
final class ScalarConvolution implements ConvolutionLoops {}
