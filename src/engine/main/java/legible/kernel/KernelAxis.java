package legible.kernel;

/// One axis of a sliding kernel: which taps of the kernel meet the input, seen from an output pixel.
///
/// ```
///  input coordinate of (pixel t, tap i) = base + t·step + i·direction,  inside when in [0, size)
/// ```
///
/// Taps outside are left out; those inside are always neighbours, so first and end name them.
final class KernelAxis {
  private int base;
  private int step;
  private int direction;
  private int size;
  private int taps;

  /// @param direction +1 (forward: later taps see later pixels) or -1 (input gradient)
  void set(int base, int step, int direction, int size, int taps) {
    this.base = base;
    this.step = step;
    this.direction = direction;
    this.size = size;
    this.taps = taps;
  }

  int taps() {
    return taps;
  }

  int size() {
    return size;
  }

  int step() {
    return step;
  }

  /// How many input coordinates of a step some tap meets.
  int used() {
    return Math.min(step, taps);
  }

  int direction() {
    return direction;
  }

  /// The input coordinate of a pixel's tap.
  int input(int pixel, int tap) {
    return base + pixel * step + tap * direction;
  }

  /// The first tap of a pixel that meets the input.
  int first(int pixel) {
    int start = base + pixel * step;
    return Math.max(0, direction > 0 ? -start : start - size + 1);
  }

  /// One past the last tap of a pixel that meets the input.
  int end(int pixel) {
    int start = base + pixel * step;
    return Math.min(taps, direction > 0 ? size - start : start + 1);
  }

  /// Whether each of the first `pixels` pixels has a tap that meets the input.
  boolean meetsSome(int pixels) {
    return first(0) < end(0) && first(pixels - 1) < end(pixels - 1);
  }

  /// Whether all taps of the first `pixels` pixels meet the input.
  boolean meetsAll(int pixels) {
    int last = pixels - 1;
    return Math.max(first(0), first(last)) == 0 && Math.min(end(0), end(last)) == taps;
  }

  /// One past the last pixel, from `pixel` to at most `pixels`, that meets the same taps of
  /// `[firstTap, endTap)` as `pixel` does.
  int sameTaps(int pixel, int pixels, int firstTap, int endTap) {
    int first = Math.max(first(pixel), firstTap);
    int end = Math.min(end(pixel), endTap);
    int next = pixel + 1;
    while (next < pixels
        && Math.max(first(next), firstTap) == first
        && Math.min(end(next), endTap) == end) {
      next++;
    }
    return next;
  }
}
