package legible.op;

import java.util.Arrays;
import java.util.List;
import legible.kernel.Activation;
import legible.kernel.Elementwise;
import legible.kernel.Normalization;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Batch normalisation with given statistics, as in inference and in frozen layers: a scale and a
/// shift for each channel.
///
/// ```
///  forward    invStd[c] = 1/√(var[c] + ε)      x̂ = (x - mean)·invStd      y = f(γ·x̂ + β)
///  backward   dz = dy·f'
///             dβ[c]   += Σᵣ dz[r,c]                                        (1)
///             dγ[c]   += Σᵣ dz[r,c]·x̂[r,c]                                 (2)
///             dx[r,c] += γ[c]·invStd[c]·dz[r,c]                            (3)
/// ```
///
/// Shapes: x and y `[...,C]`, γ `[C]`, β `[C]`, mean `[C]`, var `[C]`. Mean and var are constants:
/// they receive no gradient.
///
/// Saved: invStd.
///
/// Source: Ioffe & Szegedy 2015, "Batch normalization", algorithm 2.
///
/// @param epsilon ε, added to the variance, > 0
/// @param activation f, NONE or RELU
public record FixedBatchNorm(float epsilon, Activation activation)
    implements Op<FixedBatchNorm.Saved> {
  public FixedBatchNorm {
    Shapes.epsilon("FixedBatchNorm", epsilon);
  }

  /// What backward needs.
  ///
  /// @param invStd `1/√(var + ε)`, `[C]`
  public record Saved(Tensor invStd) {}

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("FixedBatchNorm", in, 5);
    return Shapes.normalized("FixedBatchNorm", in, "gamma", "beta", "mean", "variance");
  }

  @Override
  public Forward<Saved> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor gamma = in.get(1);
    Tensor beta = in.get(2);
    Tensor mean = in.get(3);
    Tensor variance = in.get(4);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    int channels = gamma.size();
    Tensor invStd = workspace.tensor(gamma.shape());
    Tensor scale = workspace.tensor(gamma.shape());
    for (int c = 0; c < channels; c++) {
      invStd.data()[c] = BatchNorm.inverseStandardDeviation(variance.data()[c], epsilon);
      scale.data()[c] = gamma.data()[c] * invStd.data()[c];
    }
    workspace
        .kernels()
        .normalization()
        .normalize(
            x.size() / channels,
            channels,
            x.data(),
            mean.data(),
            scale.data(),
            beta.data(),
            activation,
            y.data());
    workspace.release(scale);
    return new Forward<>(y, new Saved(invStd));
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Saved> forward,
      Tensor dy,
      Gradients gradients) {
    Tensor x = in.get(0);
    Tensor gamma = in.get(1);
    int channels = gamma.size();
    int rows = x.size() / channels;
    float[] mean = in.get(3).data();
    float[] invStd = forward.saved().invStd().data();
    Normalization normalization = workspace.kernels().normalization();
    Elementwise elementwise = workspace.kernels().elementwise();
    ActivationGradient.applyTo(dy, activation, workspace, forward.y());
    Tensor sumDz = workspace.tensor(gamma.shape());
    Tensor sumDzXhat = workspace.tensor(gamma.shape());
    if (gradients.wants(1) || gradients.wants(2)) {
      normalization.gradientSums(
          rows, channels, x.data(), mean, invStd, dy.data(), sumDz.data(), sumDzXhat.data());
    }
    if (gradients.wants(2)) { // (1)
      elementwise.accumulate(channels, sumDz.data(), gradients.of(2).data());
    }
    if (gradients.wants(1)) { // (2)
      elementwise.accumulate(channels, sumDzXhat.data(), gradients.of(1).data());
    }
    if (gradients.wants(0)) { // (3): formula (3) of BatchNorm with both sums zero
      Arrays.fill(sumDz.data(), 0f);
      Arrays.fill(sumDzXhat.data(), 0f);
      normalization.inputGradient(
          rows,
          channels,
          x.data(),
          mean,
          invStd,
          gamma.data(),
          dy.data(),
          sumDz.data(),
          sumDzXhat.data(),
          gradients.of(0).data());
    }
    workspace.release(sumDz);
    workspace.release(sumDzXhat);
  }
}
