package legible.op;

import java.util.List;
import legible.kernel.Activation;
import legible.kernel.Normalization;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Batch normalisation with the statistics of the batch, as in training. All axes but the last are
/// averaged over; R is their product.
///
/// ```
///  forward    mean[c] = (1/R) Σᵣ x[r,c]      var[c] = (1/R) Σᵣ (x[r,c] - mean[c])²
///             invStd[c] = 1/√(var[c] + ε)    x̂ = (x - mean)·invStd
///             y = f(γ·x̂ + β)
///  backward   dz = dy·f'
///             dβ[c] += Σᵣ dz[r,c]                                                    (1)
///             dγ[c] += Σᵣ dz[r,c]·x̂[r,c]                                             (2)
///             dx[r,c] += γ·invStd·(dz[r,c] - (1)/R - x̂[r,c]·(2)/R)                   (3)
/// ```
///
/// Shapes: x and y `[...,C]`, γ `[C]`, β `[C]`.
///
/// Saved: mean, var and invStd; x̂ is recomputed, which saves a tensor as large as x.
///
/// Numerics: the variance is the biased one, in two passes, since `E[x²]-E[x]²` cancels.
///
/// Source: Ioffe & Szegedy 2015, "Batch normalization", algorithm 1 and section 3.
///
/// @param epsilon ε, added to the variance, > 0
/// @param activation f, NONE or RELU
public record BatchNorm(float epsilon, Activation activation) implements Op<BatchNorm.Saved> {
  public BatchNorm {
    Shapes.epsilon("BatchNorm", epsilon);
  }

  /// The statistics of the batch, `[C]` each.
  ///
  /// @param mean the mean
  /// @param variance the biased variance
  /// @param invStd `1/√(variance + ε)`
  public record Saved(Tensor mean, Tensor variance, Tensor invStd) {}

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("BatchNorm", in, 3);
    return Shapes.normalized("BatchNorm", in, "gamma", "beta");
  }

  @Override
  public Forward<Saved> forward(Workspace workspace, List<Tensor> in) {
    Tensor x = in.get(0);
    Tensor gamma = in.get(1);
    Tensor beta = in.get(2);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    int channels = gamma.size();
    int rows = x.size() / channels;
    Normalization normalization = workspace.kernels().normalization();
    Tensor mean = workspace.tensor(gamma.shape());
    Tensor variance = workspace.tensor(gamma.shape());
    normalization.statistics(rows, channels, x.data(), mean.data(), variance.data());
    Tensor invStd = workspace.tensor(gamma.shape());
    Tensor scale = workspace.tensor(gamma.shape());
    for (int c = 0; c < channels; c++) {
      invStd.data()[c] = inverseStandardDeviation(variance.data()[c], epsilon);
      scale.data()[c] = gamma.data()[c] * invStd.data()[c];
    }
    normalization.normalize(
        rows, channels, x.data(), mean.data(), scale.data(), beta.data(), activation, y.data());
    workspace.release(scale);
    return new Forward<>(y, new Saved(mean, variance, invStd));
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Saved> forward,
      Tensor dy,
      Gradients gradients) {
    float[] x = in.get(0).data();
    Tensor gamma = in.get(1);
    int channels = gamma.size();
    int rows = in.get(0).size() / channels;
    float[] mean = forward.saved().mean().data();
    float[] invStd = forward.saved().invStd().data();
    Normalization normalization = workspace.kernels().normalization();
    ActivationGradient.applyTo(dy, activation, workspace, forward.y());
    Tensor sumDz = workspace.tensor(gamma.shape());
    Tensor sumDzXhat = workspace.tensor(gamma.shape());
    normalization.gradientSums(
        rows, channels, x, mean, invStd, dy.data(), sumDz.data(), sumDzXhat.data());
    if (gradients.wants(2)) { // (1)
      workspace.kernels().elementwise().accumulate(channels, sumDz.data(), gradients.of(2).data());
    }
    if (gradients.wants(1)) { // (2)
      workspace
          .kernels()
          .elementwise()
          .accumulate(channels, sumDzXhat.data(), gradients.of(1).data());
    }
    if (gradients.wants(0)) { // (3)
      normalization.inputGradient(
          rows,
          channels,
          x,
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

  /// `1/√(variance + ε)`, rounded once from double precision.
  public static float inverseStandardDeviation(float variance, float epsilon) {
    return (float) (1 / Math.sqrt((double) variance + epsilon));
  }
}
