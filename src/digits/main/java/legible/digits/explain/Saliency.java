package legible.digits.explain;

import java.util.Arrays;
import java.util.List;
import legible.autograd.Tape;
import legible.autograd.Weights;
import legible.infer.Walk;
import legible.kernel.Kernels;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Which pixels speak for an answer: derivatives of one logit f with respect to the input x.
///
/// ```
///  gradient              g[i] = ∂f/∂x[i] at x
///  integrated gradients  a[i] = (x[i] - x'[i]) · (1/m) Σₖ ∂f/∂x[i] at x' + (k - ½)/m · (x - x'),  k = 1 … m
///  completeness          Σᵢ a[i] → f(x) - f(x')  as m grows
/// ```
///
/// with x' the empty picture. The integral is taken by the midpoint rule. f is the function that the
/// product computes, batch normalisations folded.
///
/// Source: Simonyan, Vedaldi & Zisserman 2014, "Deep inside convolutional networks", section 3;
/// Sundararajan, Taly & Yan 2017, "Axiomatic attribution for deep networks", equation 3.
///
/// @param target the logit's number
/// @param gradient g, one for each element of the input
/// @param attributions a, likewise
/// @param steps m
/// @param value f(x)
/// @param baseline f(x')
public record Saliency(
    int target, float[] gradient, double[] attributions, int steps, float value, float baseline) {
  /// Points of the path that go through the network together.
  private static final int BATCH = 32;

  /// Computes both for one sample.
  ///
  /// @param shape the shape of x, without the batch axis
  /// @param x the sample, not modified
  /// @param target the number of the logit
  /// @param steps points on the path, >= 1
  public static Saliency of(
      Walk walk, Kernels kernels, Shape shape, float[] x, int target, int steps) {
    Workspace workspace = new Workspace(kernels);
    float[] gradient = gradients(walk, workspace, shape.batchOf(1), x, target);
    int size = x.length;
    double[] sums = new double[size];
    for (int first = 0; first < steps; first += BATCH) {
      int count = Math.min(BATCH, steps - first);
      float[] path = new float[count * size];
      for (int k = 0; k < count; k++) {
        float share = (float) ((first + k + 0.5) / steps);
        for (int i = 0; i < size; i++) {
          path[k * size + i] = share * x[i];
        }
      }
      float[] slopes = gradients(walk, workspace, shape.batchOf(count), path, target);
      for (int i = 0; i < slopes.length; i++) {
        sums[i % size] += slopes[i];
      }
    }
    for (int i = 0; i < size; i++) {
      sums[i] *= (double) x[i] / steps;
    }
    return new Saliency(
        target,
        gradient,
        sums,
        steps,
        logit(walk, x, target),
        logit(walk, new float[size], target));
  }

  private static float logit(Walk walk, float[] x, int target) {
    return walk.run(x).getLast().out().data()[target];
  }

  /// The gradient of each sample's own logit.
  private static float[] gradients(
      Walk walk, Workspace workspace, Shape batch, float[] samples, int target) {
    Tensor x = Tensor.of(batch, samples);
    try (Tape tape =
        new Tape(workspace, new Weights(List.of()), p -> false, new CounterRandom(0))) {
      tape.watch(x);
      Tensor logits = walk.forward(tape, x);
      Tensor chosen = Tensor.zeros(logits.shape());
      int classes = logits.shape().dimension(1);
      for (int n = 0; n < batch.dimension(0); n++) {
        chosen.data()[n * classes + target] = 1f;
      }
      return tape.backward(logits, chosen).of(x).data().clone();
    }
  }

  /// `Σᵢ a[i]`
  public double sum() {
    return Arrays.stream(attributions).sum();
  }

  /// `f(x) - f(x')`, what the sum should be.
  public double difference() {
    return (double) value - baseline;
  }

  /// How far the sum is from that.
  public double error() {
    return sum() - difference();
  }

  /// That as a share of `f(x) - f(x')`, >= 0.
  public double relativeError() {
    return Math.abs(error() / difference());
  }
}
