package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import legible.kernel.loops.ConvolutionLoops;
import legible.kernel.loops.ElementwiseLoops;
import legible.kernel.loops.GemmLoops;
import legible.kernel.loops.NormalizationLoops;
import legible.kernel.loops.PoolingLoops;
import legible.kernel.loops.SoftmaxLoops;
import legible.kernel.loops.Twin;
import legible.kernel.loops.UpdateLoops;

/// The loops on `jdk.incubator.vector`. Loaded only where that module is present.
public final class VectorTwin implements Twin {
  @Override
  public int vectorBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  @Override
  public GemmLoops gemm() {
    return new VectorGemm();
  }

  @Override
  public ConvolutionLoops convolution() {
    return new VectorConvolution();
  }

  @Override
  public PoolingLoops pooling() {
    return new VectorPooling();
  }

  @Override
  public NormalizationLoops normalization() {
    return new VectorNormalization();
  }

  @Override
  public ElementwiseLoops elementwise() {
    return new VectorElementwise();
  }

  @Override
  public SoftmaxLoops softmax() {
    return new VectorSoftmax();
  }

  @Override
  public UpdateLoops updates() {
    return new VectorUpdate();
  }
}
