package legible.kernel;

/// The definition of a convolution in double precision, with the sums of absolute products that
/// bound the rounding error: |float - double| <= (n+1)·2⁻²⁴·Σ|aᵢbᵢ| to first order (Higham 2002,
/// §3.1).
final class ConvolutionOracle {
  final double[] value;
  final double[] absolute;
  final int[] terms;

  private final Window window;
  private final int outChannels;

  private ConvolutionOracle(Window window, int outChannels, int size) {
    this.window = window;
    this.outChannels = outChannels;
    this.value = new double[size];
    this.absolute = new double[size];
    this.terms = new int[size];
  }

  static ConvolutionOracle forward(
      Window window, int outChannels, float[] x, float[] w, float[] bias) {
    int size = window.outPixels() * outChannels;
    ConvolutionOracle oracle = new ConvolutionOracle(window, outChannels, size);
    for (int i = 0; i < size; i++) {
      oracle.add(i, bias[i % outChannels], 1);
    }
    oracle.visit((ix, iw, iy) -> oracle.add(iy, x[ix], w[iw]));
    return oracle;
  }

  static ConvolutionOracle inputGradient(
      Window window, int outChannels, float[] dz, float[] w, float[] dx) {
    ConvolutionOracle oracle = new ConvolutionOracle(window, outChannels, dx.length);
    for (int i = 0; i < dx.length; i++) {
      oracle.add(i, dx[i], 1);
    }
    oracle.visit((ix, iw, iy) -> oracle.add(ix, dz[iy], w[iw]));
    return oracle;
  }

  static ConvolutionOracle weightGradient(
      Window window, int outChannels, float[] x, float[] dz, float[] dw) {
    ConvolutionOracle oracle = new ConvolutionOracle(window, outChannels, dw.length);
    for (int i = 0; i < dw.length; i++) {
      oracle.add(i, dw[i], 1);
    }
    oracle.visit((ix, iw, iy) -> oracle.add(iw, x[ix], dz[iy]));
    return oracle;
  }

  private void add(int i, double a, double b) {
    value[i] += a * b;
    absolute[i] += Math.abs(a * b);
    terms[i]++;
  }

  private interface Product {
    void at(int ix, int iw, int iy);
  }

  private void visit(Product product) {
    int channels = window.channels();
    for (int n = 0; n < window.batch(); n++) {
      for (int oh = 0; oh < window.outHeight(); oh++) {
        for (int ow = 0; ow < window.outWidth(); ow++) {
          int pixel = (n * window.outHeight() + oh) * window.outWidth() + ow;
          for (int kh = 0; kh < window.kernelHeight(); kh++) {
            for (int kw = 0; kw < window.kernelWidth(); kw++) {
              int h = oh * window.stride() - window.padTop() + kh;
              int w = ow * window.stride() - window.padLeft() + kw;
              if (h < 0 || h >= window.height() || w < 0 || w >= window.width()) {
                continue;
              }
              int in = ((n * window.height() + h) * window.width() + w) * channels;
              int tap = (kh * window.kernelWidth() + kw) * channels;
              for (int c = 0; c < channels; c++) {
                for (int o = 0; o < outChannels; o++) {
                  product.at(in + c, (tap + c) * outChannels + o, pixel * outChannels + o);
                }
              }
            }
          }
        }
      }
    }
  }
}
