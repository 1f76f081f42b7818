package legible.digits.numbers;

import legible.digits.image.Box;
import legible.digits.image.GrayImage;

/// Where signs are: a network without cuts tells only the frames in which it sees them, so the box is
/// that of the ink between the middles to the neighbours.
final class SignBoxes {
  /// Ink above this counts.
  private static final float CLEAR = 0.45f;

  /// Half the widest sign, in rows of a strip.
  private static final double REACH = 16;

  private SignBoxes() {}

  /// The box of a sign on the sheet.
  ///
  /// @param frames the first and last frame of each sign of the line
  static Box box(LineStrip strip, int[][] frames, int sign) {
    double middle = middle(frames[sign]);
    double from = middle - REACH;
    double to = middle + REACH;
    if (sign > 0) {
      from = Math.max(from, (middle(frames[sign - 1]) + middle) / 2);
    }
    if (sign < frames.length - 1) {
      to = Math.min(to, (middle + middle(frames[sign + 1])) / 2);
    }
    int left = Math.clamp(Math.round(from), 0, strip.ink().width() - 1);
    int right = Math.clamp(Math.round(to), left + 1, strip.ink().width());
    Box ink = ink(strip.ink(), left, right);
    double scale = strip.scale();
    return new Box(
        (int) Math.floor(strip.box().left() + (ink.left() - strip.left()) * scale),
        (int) Math.floor(strip.box().top() + ink.top() * scale),
        (int) Math.max(1, Math.ceil(ink.width() * scale)),
        (int) Math.max(1, Math.ceil(ink.height() * scale)));
  }

  /// The column under the middle of a sign's frames: they are 4 columns apart, and the first one looks
  /// at the middle of the first 32.
  private static double middle(int[] frames) {
    return 2 * (frames[0] + frames[1]) + 16;
  }

  private static Box ink(GrayImage ink, int left, int right) {
    int west = right;
    int east = left - 1;
    int north = ink.height();
    int south = -1;
    for (int y = 0; y < ink.height(); y++) {
      for (int x = left; x < right; x++) {
        if (ink.at(x, y) > CLEAR) {
          west = Math.min(west, x);
          east = Math.max(east, x);
          north = Math.min(north, y);
          south = y;
        }
      }
    }
    return east < west
        ? new Box(left, 0, right - left, ink.height())
        : new Box(west, north, east - west + 1, south - north + 1);
  }

  /// A box of the sheet in the pixels of the picture, inside of it.
  static Box onPicture(Box box, double shrink, GrayImage sheet) {
    int left = Math.clamp(box.left(), 0, sheet.width() - 1);
    int top = Math.clamp(box.top(), 0, sheet.height() - 1);
    int right = Math.clamp(box.right(), left + 1, sheet.width());
    int bottom = Math.clamp(box.bottom(), top + 1, sheet.height());
    return new Box(
        (int) (left * shrink),
        (int) (top * shrink),
        (int) Math.ceil((right - left) * shrink),
        (int) Math.ceil((bottom - top) * shrink));
  }
}
