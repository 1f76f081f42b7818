package legible.oracle;

import java.util.ArrayList;
import java.util.List;
import legible.op.CtcLoss;

/// `-(1/N) Σₙ log Σ p(path)` over every path that reads as the labels: all `Kᵀ` of them, one by one.
public final class CtcLossOracle {
  private CtcLossOracle() {}

  public static DoubleTensor forward(CtcLoss op, List<DoubleTensor> in) {
    DoubleTensor z = in.get(0);
    double sum = 0;
    for (int n = 0; n < z.dimension(0); n++) {
      sum -= StrictMath.log(paths(op, z, n, labels(in.get(1), n), new ArrayList<>()));
    }
    return DoubleTensor.scalar(sum / z.dimension(0));
  }

  /// `2·2⁻²⁴·|y|`: all sums are in double precision, whose roundings together are below the one to float.
  public static DoubleTensor bound(CtcLoss op, List<DoubleTensor> in) {
    return Roundoff.relative(2, forward(op, in));
  }

  private static List<Integer> labels(DoubleTensor all, int n) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < all.dimension(1) && all.get(n, i) >= 0; i++) {
      labels.add((int) all.get(n, i));
    }
    return labels;
  }

  /// The probability of all paths that go on from a beginning.
  private static double paths(
      CtcLoss op, DoubleTensor z, int n, List<Integer> labels, List<Integer> path) {
    int t = path.size();
    if (t == z.dimension(1)) {
      return read(path, op.blank()).equals(labels) ? 1 : 0;
    }
    double total = 0;
    for (int k = 0; k < z.dimension(2); k++) {
      total += StrictMath.exp(z.get(n, t, k));
    }
    double sum = 0;
    for (int k = 0; k < z.dimension(2); k++) {
      List<Integer> longer = new ArrayList<>(path);
      longer.add(k);
      sum += StrictMath.exp(z.get(n, t, k)) / total * paths(op, z, n, labels, longer);
    }
    return sum;
  }

  private static List<Integer> read(List<Integer> path, int blank) {
    List<Integer> text = new ArrayList<>();
    int before = blank;
    for (int k : path) {
      if (k != before && k != blank) {
        text.add(k);
      }
      before = k;
    }
    return text;
  }
}
