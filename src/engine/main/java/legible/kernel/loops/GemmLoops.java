package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Gemm]; each twin implements them.
///
/// B is packed into panels of [#panelWidth] columns, so that the innermost loop reads it in order:
///
/// ```
///  B, k rows x n columns          packed: panel after panel, row after row
///  +------+------+----+
///  |  0   |  1   | 2  |           | 0: row 0, row 1, .. | 1: row 0, row 1, .. | 2: ..
///  +------+------+----+
/// ```
///
/// The last panel is filled up with zeros.
public interface GemmLoops {
  /// The same loops with scratch memory of their own: an instance serves one thread.
  GemmLoops forThread();

  /// The number of columns of a panel.
  int panelWidth();

  /// Rows of C are best asked for in multiples of this number.
  int tileRows();

  /// The most rows of C that a call of [#multiply] may ask for: their part of A stays in the
  /// second-level cache.
  int maxRows();

  /// Up to this number of rows [#rows] is faster than packing B.
  int fewRows();

  /// Packs the panels `[panel, panelEnd)` of B, all k rows, to their places in `product.packed`.
  void pack(Product product, int panel, int panelEnd);

  /// Computes the rows `[row, rowEnd)` of C in the columns of the panels `[panel, panelEnd)`.
  ///
  /// @param shared whether `product.packed` holds the panels; otherwise this call packs them
  void multiply(Product product, int row, int rowEnd, int panel, int panelEnd, boolean shared);

  /// Computes the columns `[from, to)` of all rows of C straight from B, whose `bColumn` is 1.
  void rows(Product product, int from, int to);
}
