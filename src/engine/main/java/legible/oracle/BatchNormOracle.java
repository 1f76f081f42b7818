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

  /// `2⁻²⁴·(R·mean|x|·γ·invStd + (R/2 + 8)·|γ·x̂| + |β|)`: the mean is wrong by at most `R·2⁻²⁴·mean|x|`,
  /// which shifts y by γ·invStd times it; a mean that is off changes the variance in second order
  /// only, and its own sum makes it (and y) wrong by `(R/2 + 8)·2⁻²⁴` relatively, rounding of invStd,
  /// scale and x - mean included.
  public static DoubleTensor bound(BatchNorm op, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    int channels = x.dimension(-1);
    double rows = (double) x.size() / channels;
    double[] mean = mean(x);
    double[] absolute = mean(x.absolute());
    double[] variance = variance(x);
    DoubleTensor bound = x.map(v -> v);
    for (int i = 0; i < x.size(); i++) {
      int c = i % channels;
      double scale = Math.abs(in.get(1).get(c)) / Math.sqrt(variance[c] + op.epsilon());
      double scaled = scale * Math.abs(x.data()[i] - mean[c]);
      bound.data()[i] =
          Roundoff.UNIT
              * (rows * absolute[c] * scale + (rows / 2 + 8) * scaled + Math.abs(in.get(2).get(c)));
    }
    return bound;
  }
}
