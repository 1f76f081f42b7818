package legible.kernel.scalar;

import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.loops.GemmLoops;
import legible.kernel.loops.NormalizationLoops;
import legible.kernel.loops.PoolingLoops;
import legible.kernel.loops.SoftmaxLoops;
import legible.kernel.loops.Twin;
import legible.kernel.loops.UpdateLoops;

/// Plain Java: the specification, written so that the JIT compiler vectorises it.
public final class ScalarTwin implements Twin {
  @Override
  public int vectorBits() {
    return 0;
  }

  @Override
  public GemmLoops gemm() {
    return new ScalarGemm();
  }

  @Override
  public ConvolutionLoops convolution() {
    return new ScalarConvolution();
  }

  @Override
  public PoolingLoops pooling() {
    return new ScalarPooling();
  }

  @Override
  public NormalizationLoops normalization() {
    return new ScalarNormalization();
  }

  @Override
  public ElementwiseLoops elementwise() {
    return new ScalarElementwise();
  }

  @Override
  public SoftmaxLoops softmax() {
    return new ScalarSoftmax();
  }

  @Override
  public UpdateLoops updates() {
    return new ScalarUpdate();
  }
}
