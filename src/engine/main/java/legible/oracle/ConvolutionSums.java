package legible.oracle;

import legible.kernel.Window;

/// The three sums of a convolution over flat arrays, straight from the geometry of [Window].
public final class ConvolutionSums {
  private final Window window;
  private final int outChannels;

  private ConvolutionSums(Window window, int outChannels) {
    this.window = window;
    this.outChannels = outChannels;
  }

  /// `y[n,oh,ow,o] = bias[o] + Σ_kh Σ_kw Σ_c x[n, oh·s-p+kh, ow·s-p+kw, c]·w[kh,kw,c,o]`
  public static ProductSums forward(
      Window window, int outChannels, float[] x, float[] w, float[] bias) {
    int size = window.outPixels() * outChannels;
    ProductSums sums = new ProductSums(size);
    for (int i = 0; i < size; i++) {
      sums.add(i, bias[i % outChannels], 1);
    }
    new ConvolutionSums(window, outChannels).visit((ix, iw, iy) -> sums.add(iy, x[ix], w[iw]));
    return sums;
  }

  /// `dx[n,h,w,c] += Σ_kh Σ_kw Σ_o dz[n,oh,ow,o]·w[kh,kw,c,o]`
  public static ProductSums inputGradient(
      Window window, int outChannels, float[] dz, float[] w, float[] dx) {
    ProductSums sums = ProductSums.from(dx);
    new ConvolutionSums(window, outChannels).visit((ix, iw, iy) -> sums.add(ix, dz[iy], w[iw]));
    return sums;
  }

  /// `dw[kh,kw,c,o] += Σ_n Σ_oh Σ_ow x[n, oh·s-p+kh, ow·s-p+kw, c]·dz[n,oh,ow,o]`
  public static ProductSums weightGradient(
      Window window, int outChannels, float[] x, float[] dz, float[] dw) {
    ProductSums sums = ProductSums.from(dw);
    new ConvolutionSums(window, outChannels).visit((ix, iw, iy) -> sums.add(iw, x[ix], dz[iy]));
    return sums;
  }

  private interface Product {
    void at(int ix, int iw, int iy);
  }

  private void visit(Product product) {
    int channels = window.channels();
    WindowTaps.visit(
        window,
        (in, tap, out) -> {
          for (int c = 0; c < channels; c++) {
            for (int o = 0; o < outChannels; o++) {
              product.at(
                  in * channels + c, (tap * channels + c) * outChannels + o, out * outChannels + o);
            }
          }
        });
  }
}
