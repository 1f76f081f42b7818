package legible.kernel.loops;

import legible.kernel.Activation;

/// The single-threaded loops behind [legible.kernel.Gemm]; each twin implements them.
///
/// B is packed into panels of [#panelWidth] columns, so that the innermost loop reads it in order:
/// element `(p, j)` of a panel is `panel[p·width + j]`. Columns beyond the matrix are zero.
public interface GemmLoops {
  /// The number of columns of a panel.
  int panelWidth();

  /// The number of elements of scratch memory that [#panel] needs.
  int scratchSize();

  /// The number of rows below which packing B costs more than it saves; [#rows] serves them.
  int fewRows();

  /// Packs the rows `[p0, p0 + k)` and the columns `[j0, j0 + panelWidth)` of B, of which n exist.
  ///
  /// @param b element `(p, j)` is `b[bOffset + p·rowStride + j·columnStride]`
  void pack(
      int p0,
      int k,
      int j0,
      int n,
      float[] b,
      int bOffset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset);

  /// `C += A·panel` for some rows of C and one panel's columns: each element continues the chain it
  /// finds, p ascending.
  ///
  /// @param m rows
  /// @param n columns of the panel that exist
  /// @param k length of this part of the sums
  /// @param a element `(i, p)` is `a[aOffset + i·rowStride + p·columnStride]`
  /// @param c element `(i, j)` is `c[cOffset + i·cStride + j]`
  /// @param f applied to the result; NONE unless these are the last k
  /// @param scratch of [#scratchSize] elements, for this thread alone
  void panel(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] panel,
      int panelOffset,
      float[] c,
      int cOffset,
      int cStride,
      Activation f,
      float[] scratch);

  /// `C += A·B` for the columns `[from, to)`, without packing: for few rows. B is not transposed.
  void rows(
      int m,
      int n,
      int k,
      int from,
      int to,
      float[] a,
      int aOffset,
      int rowStride,
      int columnStride,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      Activation f);
}
