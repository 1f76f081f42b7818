package legible.kernel.loops;

import legible.kernel.Activation;

/// One product at hand, `C += A·B` or `C = f(bias + A·B)`: what [GemmLoops] work on.
///
/// ```
///  A(i,p) = a[aOffset + i·aRow + p·aColumn]     [m,k]
///  B(p,j) = b[bOffset + p·bRow + j·bColumn]     [k,n]
///  C(i,j) = c[cOffset + i·n + j]                [m,n]
/// ```
///
/// Its one owner fills it anew for each product, so that a product allocates nothing. Threads that
/// work on it only read it.
public final class Product {
  public int m;
  public int n;
  public int k;
  public float[] a = {};
  public int aOffset;
  public int aRow;
  public int aColumn;
  public float[] b = {};
  public int bOffset;
  public int bRow;
  public int bColumn;
  public float[] c = {};
  public int cOffset;

  /// Whether the chains start from `bias[j]` instead of the value found in C.
  public boolean startsFromBias;

  public float[] bias = {};

  /// Applied to each finished chain.
  public Activation activation = Activation.NONE;

  /// Where the columns of this part of B begin among the panels of the whole of B.
  public int firstPanel;

  /// From [Panels#FIRST] on B from panel `firstPanel` on, as [GemmLoops#pack] lays it out; not used by loops that pack for
  /// themselves.
  public float[] packed = {};

  /// Where a panel of `width` columns begins in [#packed].
  public int panelStart(int panel, int width) {
    return Panels.FIRST + (panel - firstPanel) * width * k;
  }
}
