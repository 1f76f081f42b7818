package legible.oracle;

/// Sums of products in double precision, and what bounds the error of a float that adds the same
/// terms: `|float - double| <= n·2⁻²⁴·Σ|aᵢbᵢ|` to first order (Higham 2002, section 3.1).
public final class ProductSums {
  private final double[] values;
  private final double[] absolutes;
  private final int[] terms;

  /// A number of empty sums.
  public ProductSums(int size) {
    values = new double[size];
    absolutes = new double[size];
    terms = new int[size];
  }

  /// Sums that begin with these values, a term each.
  public static ProductSums from(float... start) {
    return new ProductSums(start.length).plus(start);
  }

  /// Adds `a·b` to sum i.
  public void add(int i, double a, double b) {
    values[i] += a * b;
    absolutes[i] += Math.abs(a * b);
    terms[i]++;
  }

  /// Adds a term to each sum.
  public ProductSums plus(float... more) {
    for (int i = 0; i < more.length; i++) {
      add(i, more[i], 1);
    }
    return this;
  }

  /// The number of sums.
  public int size() {
    return values.length;
  }

  /// Sum i.
  public double value(int i) {
    return values[i];
  }

  /// `(n + more)·2⁻²⁴·Σ|ab|` of sum i with its n terms.
  ///
  /// @param more roundings besides one for each term
  public double bound(int i, int more) {
    return (terms[i] + more) * Roundoff.UNIT * absolutes[i];
  }
}
