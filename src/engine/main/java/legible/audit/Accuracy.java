package legible.audit;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import legible.oracle.DoubleTensor;
import legible.oracle.ProductSums;
import legible.oracle.Roundoff;
import legible.tensor.Tensor;

/// How far float results are from their definition in double precision, at worst.
///
/// @param ulps the largest difference in units in the last place of the float nearest to the exact
///     value. A sum whose terms cancel may be off by many of them and yet be as good as its terms.
/// @param mostUlps what 99 of 100 results do not exceed
/// @param share the largest difference as a part of its bound, at most 1 for a right result; 0 where
///     nothing is rounded and nothing differs
public record Accuracy(double ulps, double mostUlps, double share) {
  /// No difference at all.
  public static final Accuracy EXACT = new Accuracy(0, 0, 0);

  private static final Accuracy WRONG =
      new Accuracy(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  /// Compares element by element.
  ///
  /// @param bound the largest difference allowed, for each element
  public static Accuracy of(DoubleTensor exact, DoubleTensor bound, Tensor actual) {
    if (!exact.shape().equals(actual.shape())) {
      return WRONG;
    }
    return of(i -> exact.data()[i], i -> bound.data()[i], actual);
  }

  /// Compares with sums of products.
  ///
  /// @param more roundings besides one for each term
  public static Accuracy of(ProductSums exact, int more, Tensor actual) {
    return of(exact::value, i -> exact.bound(i, more), actual);
  }

  /// Compares with results whose every step keeps the relative error: `roundings·2⁻²⁴·|exact|`.
  public static Accuracy rounded(int roundings, IntToDoubleFunction exact, Tensor actual) {
    return of(exact, i -> roundings * Roundoff.UNIT * Math.abs(exact.applyAsDouble(i)), actual);
  }

  /// Compares with functions of the element's index.
  public static Accuracy of(IntToDoubleFunction exact, IntToDoubleFunction bound, Tensor actual) {
    double[] ulps = new double[actual.size()];
    double share = 0;
    for (int i = 0; i < ulps.length; i++) {
      double difference = Math.abs(actual.data()[i] - exact.applyAsDouble(i));
      if (Double.isNaN(difference)) {
        return WRONG;
      }
      if (difference != 0) {
        ulps[i] = difference / Math.ulp((float) exact.applyAsDouble(i));
        share = Math.max(share, difference / bound.applyAsDouble(i));
      }
    }
    Arrays.sort(ulps);
    int last = ulps.length - 1;
    return last < 0 ? EXACT : new Accuracy(ulps[last], ulps[last * 99 / 100], share);
  }

  /// The worse of two.
  public Accuracy or(Accuracy other) {
    return new Accuracy(
        Math.max(ulps, other.ulps),
        Math.max(mostUlps, other.mostUlps),
        Math.max(share, other.share));
  }

  /// Whether no bound is exceeded.
  public boolean isWithinBound() {
    return share <= 1;
  }
}
