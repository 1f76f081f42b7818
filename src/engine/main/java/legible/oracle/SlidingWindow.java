package legible.oracle;

import legible.op.Padding;

/// Where a window stands along one axis, from the table of [Padding].
///
/// @param in pixels of the input
/// @param out positions of the window
/// @param start pixel of the first position's first tap, negative in the padding
/// @param kernel taps
/// @param stride step
record SlidingWindow(int in, int out, int start, int kernel, int stride) {
  static SlidingWindow of(Padding padding, int in, int kernel, int stride) {
    if (padding.same()) {
      int out = (int) Math.ceil((double) in / stride);
      int missing = Math.max(0, (out - 1) * stride + kernel - in);
      return new SlidingWindow(in, out, -(int) Math.floor(missing / 2.0), kernel, stride);
    }
    int out = (int) Math.floor((in + 2.0 * padding.pixels() - kernel) / stride) + 1;
    return new SlidingWindow(in, out, -padding.pixels(), kernel, stride);
  }

  /// The pixel that a tap sees, or -1 outside of the image.
  int pixel(int position, int tap) {
    int pixel = start + position * stride + tap;
    return pixel < in ? Math.max(pixel, -1) : -1;
  }
}
