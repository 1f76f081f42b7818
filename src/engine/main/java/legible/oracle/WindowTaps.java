package legible.oracle;

import legible.kernel.Window;

/// Which pixels a sliding window sees, straight from the geometry of [Window].
public final class WindowTaps {
  private WindowTaps() {}

  /// One pixel under one position of the window.
  @FunctionalInterface
  public interface Visitor {
    /// Comes to a pixel.
    ///
    /// @param in number of the pixel in `[N,H,W]`
    /// @param tap number of the position in `[kH,kW]`
    /// @param out number of the window in `[N,outH,outW]`
    void at(int in, int tap, int out);
  }

  /// Visits all pixels inside of the image, windows ascending, and within a window its positions.
  public static void visit(Window window, Visitor visitor) {
    int taps = window.kernelHeight() * window.kernelWidth();
    for (int out = 0; out < window.outPixels(); out++) {
      int n = out / window.outWidth() / window.outHeight();
      int top = out / window.outWidth() % window.outHeight() * window.stride() - window.padTop();
      int left = out % window.outWidth() * window.stride() - window.padLeft();
      for (int tap = 0; tap < taps; tap++) {
        int h = top + tap / window.kernelWidth();
        int w = left + tap % window.kernelWidth();
        if (h >= 0 && h < window.height() && w >= 0 && w < window.width()) {
          visitor.at((n * window.height() + h) * window.width() + w, tap, out);
        }
      }
    }
  }
}
