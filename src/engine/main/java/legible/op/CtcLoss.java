package legible.op;

import java.util.List;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Connectionist temporal classification: the mean of `-log p(labels)`, in nats, where a text may be
/// written over the frames in any alignment. A path gives one class to each frame; equal neighbours
/// are read once, then blanks are left out.
///
/// ```
///  l' = blank l₁ blank l₂ ... l_L blank                      S = 2L + 1 symbols
///  y[t,k] = exp(z[t,k]) / Σⱼ exp(z[t,j])
///
///  forward    α[t,s] = y[t,l'ₛ]·(α[t-1,s] + α[t-1,s-1] + α[t-1,s-2])          (1)
///             p = α[T,S] + α[T,S-1];   loss = -(1/N) Σₙ log p[n]
///             β[t,s] = Σ of β[t+1,s']·y[t+1,l'ₛ'] over s' = s, s+1, s+2       (2)
///  backward   dz[n,t,k] += dy·(1/N)·(y[t,k] - Σ_{s: l'ₛ=k} α[t,s]·β[t,s] / Σₛ α[t,s]·β[t,s])   (3)
/// ```
///
/// The third term of (1) and (2) is there only if it skips a blank between two different labels.
///
/// Shapes: z `[N,T,K]`; labels `[N,L]`, class numbers as floats, unused places -1 at the end of the
/// row; y scalar. Labels are constant and receive no gradient.
///
/// Saved: the bracket of (3), `[N,T,K]`.
///
/// Numerics ([CtcPaths]): all in double precision, in ascending order; α and β are divided by their sum in each
/// frame, and `log p` is the sum of the logarithms of α's divisors, so that no product of many
/// probabilities vanishes. A text whose probability is below the range of double gives infinity.
///
/// Source: Graves, Fernández, Gomez & Schmidhuber 2006, "Connectionist temporal classification",
/// equations 6 to 16.
///
/// @param blank the class that stands for no label, >= 0
public record CtcLoss(int blank) implements Op<CtcLoss.Saved> {
  public CtcLoss {
    if (blank < 0) {
      throw new IllegalArgumentException("CtcLoss: blank expected >= 0, got " + blank);
    }
  }

  /// What backward needs.
  ///
  /// @param difference of the probabilities and the share of the paths in them, `[N,T,K]`
  public record Saved(Tensor difference) {}

  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("CtcLoss", in, 2);
    Shape z = in.get(0);
    Shapes.rank("CtcLoss", "z", z, 3, "[N,T,K]");
    Shapes.rank("CtcLoss", "labels", in.get(1), 2, "[N,L]");
    if (z.size() == 0 || in.get(1).dimension(0) != z.dimension(0) || blank >= z.dimension(2)) {
      throw new ShapeException(
          "CtcLoss: z [N,T,K] not empty with K > blank %d, labels [N,L] expected, got %s, %s"
              .formatted(blank, z, in.get(1)));
    }
    return Shape.of();
  }

  @Override
  public Forward<Saved> forward(Workspace workspace, List<Tensor> in) {
    Tensor z = in.get(0);
    Tensor y = workspace.tensor(outputShape(Shapes.of(in)));
    Tensor difference = workspace.tensor(z.shape());
    int n = z.shape().dimension(0);
    double[] losses = new double[n];
    workspace
        .kernels()
        .parallel()
        .run(
            n,
            (sample, worker) -> losses[sample] = new CtcPaths(blank, in, sample).loss(difference));
    double sum = 0;
    for (double loss : losses) {
      sum += loss;
    }
    y.data()[0] = (float) (sum / n);
    return new Forward<>(y, new Saved(difference));
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
      float factor = dy.data()[0] / z.shape().dimension(0);
      workspace
          .kernels()
          .elementwise()
          .accumulateScaled(
              z.size(), factor, forward.saved().difference().data(), gradients.of(0).data());
    }
  }
}
