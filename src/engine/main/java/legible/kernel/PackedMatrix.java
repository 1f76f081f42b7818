package legible.kernel;

/// The weights of a dense layer as [Gemm] reads them again and again: copied into panels once, when
/// the first product needs them. Products of few rows read them as they lie, so that one sample
/// alone costs no copy.
///
/// Made by [Gemm#packed] and of use to kernels of the same set; many threads may share it.
public final class PackedMatrix {
  final int k;
  final int n;
  final float[] rows;
  private volatile float[] panels;

  PackedMatrix(int k, int n, float[] rows) {
    this.k = k;
    this.n = n;
    this.rows = rows;
  }

  /// The panels; two threads that ask first at the same time may both copy, to the same bits.
  float[] panels(PanelCopy copy) {
    float[] ready = panels;
    if (ready == null) {
      ready = copy.copy();
      panels = ready;
    }
    return ready;
  }

  /// Makes the panels.
  @FunctionalInterface
  interface PanelCopy {
    float[] copy();
  }
}
