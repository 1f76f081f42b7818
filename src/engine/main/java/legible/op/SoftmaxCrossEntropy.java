package legible.op;

import java.util.List;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The mean cross-entropy between target distributions and the softmax of logits, in nats.
///
/// ```
///  forward    p[n,k] = exp(z[n,k]) / Σⱼ exp(z[n,j])
///             t'[n,k] = (1-ε)·t[n,k] + ε/K
///             y = -(1/N) Σₙ Σₖ t'[n,k]·log p[n,k]
///  backward   dz[n,k] += dy·(1/N)·(p[n,k]·Σⱼ t'[n,j] - t'[n,k])
/// ```
///
/// Shapes: z `[N,K]`, t `[N,K]`, y scalar. The rows of t are distributions, one-hot for labels; t is
/// a constant and receives no gradient.
///
/// Saved: p and t'.
///
/// Numerics: the maximum of each row is subtracted first, since exp(89) overflows float. The mean
/// over the batch is summed in double precision, n ascending, and rounded once.
///
/// Source: Bridle 1990 (softmax); Szegedy et al. 2016, "Rethinking the Inception architecture",
/// section 7 (label smoothing).
///
/// @param labelSmoothing ε, the share of the target that is spread over all classes, in [0, 1)
public record SoftmaxCrossEntropy(float labelSmoothing) implements Op<SoftmaxCrossEntropy.Saved> {
  public SoftmaxCrossEntropy {
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "SoftmaxCrossEntropy: labelSmoothing expected in [0, 1), got " + labelSmoothing);
    }
  }

  /// What backward needs.
  ///
  /// @param probabilities p, `[N,K]`
  /// @param targets t', `[N,K]`
  public record Saved(Tensor probabilities, Tensor targets) {}

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("SoftmaxCrossEntropy", in, 2);
    Shape z = in.get(0);
    Shapes.rank("SoftmaxCrossEntropy", "z", z, 2, "[N,K]");
    if (z.size() == 0) {
      throw new ShapeException("SoftmaxCrossEntropy: z expected not empty, got " + z);
    }
    Shapes.equal("SoftmaxCrossEntropy", "t", z, "to match z", in.get(1));
    return Shape.of();
  }

  @Override
  public Forward<Saved> forward(Workspace workspace, List<Tensor> in) {
    Tensor z = in.get(0);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    int n = z.shape().dimension(0);
    int k = z.shape().dimension(1);
    Tensor targets = workspace.tensor(z.shape());
    smooth(in.get(1).data(), k, targets.data());
    Tensor probabilities = workspace.tensor(z.shape());
    Tensor losses = workspace.tensor(Shape.of(n));
    workspace
        .kernels()
        .softmax()
        .crossEntropy(n, k, z.data(), targets.data(), probabilities.data(), losses.data());
    y.data()[0] = mean(losses.data());
    workspace.release(losses);
    return new Forward<>(y, new Saved(probabilities, targets));
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Saved> forward,
      Tensor dy,
      Gradients gradients) {
    if (gradients.wants(0)) {
      Tensor z = in.get(0);
      int n = z.shape().dimension(0);
      workspace
          .kernels()
          .softmax()
          .crossEntropyGradient(
              n,
              z.shape().dimension(1),
              dy.data()[0] / n,
              forward.saved().probabilities().data(),
              forward.saved().targets().data(),
              gradients.of(0).data());
    }
  }

  private void smooth(float[] targets, int classes, float[] smoothed) {
    float share = labelSmoothing / classes;
    for (int i = 0; i < smoothed.length; i++) {
      smoothed[i] = Math.fma(1 - labelSmoothing, targets[i], share);
    }
  }

  private static float mean(float[] losses) {
    double sum = 0;
    for (float loss : losses) {
      sum += loss;
    }
    return (float) (sum / losses.length);
  }
}
