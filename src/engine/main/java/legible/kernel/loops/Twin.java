package legible.kernel.loops;

/// One complete set of loops, a family each. Both twins compute the same bits.
public interface Twin {
  /// The width of the vectors, in bits; 0 without vectors.
  int vectorBits();

  GemmLoops gemm();

  ConvolutionLoops convolution();

  PoolingLoops pooling();

  NormalizationLoops normalization();

  ElementwiseLoops elementwise();

  SoftmaxLoops softmax();

  UpdateLoops updates();
}
