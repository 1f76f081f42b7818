package legible.oracle;

import java.util.List;
import legible.op.BatchNorm;

/// `y[r,c] = f(γ[c]·(x[r,c] - mean[c])/√(var[c] + ε) + β[c])` with the mean and the biased variance of
/// the batch.
public final class BatchNormOracle {
  private BatchNormOracle() {}

  public static DoubleTensor forward(BatchNorm op, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    double[] mean = mean(x);
    double[] variance = variance(x);
    DoubleTensor y = x.map(v -> v);
    for (int i = 0; i < x.size(); i++) {
      int c = i % mean.length;
      double xHat = (x.data()[i] - mean[c]) / Math.sqrt(variance[c] + op.epsilon());
      y.data()[i] = in.get(1).get(c) * xHat + in.get(2).get(c);
    }
    return y.activated(op.activation());
  }

  /// `mean[c] = (1/R) Σᵣ x[r,c]`
  public static double[] mean(DoubleTensor x) {
    double[] mean = new double[x.dimension(-1)];
    for (int i = 0; i < x.size(); i++) {
      mean[i % mean.length] += x.data()[i] * mean.length / x.size();
    }
    return mean;
  }

  /// `var[c] = (1/R) Σᵣ (x[r,c] - mean[c])²`
  public static double[] variance(DoubleTensor x) {
    double[] mean = mean(x);
    double[] variance = new double[mean.length];
    for (int i = 0; i < x.size(); i++) {
      double deviation = x.data()[i] - mean[i % mean.length];
      variance[i % mean.length] += deviation * deviation * mean.length / x.size();
    }
    return variance;
  }
}
