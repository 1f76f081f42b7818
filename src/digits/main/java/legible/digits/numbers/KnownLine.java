package legible.digits.numbers;

import legible.digits.image.Box;
import legible.digits.image.GrayImage;

/// A line whose digits are known.
///
/// @param sheet dark writing on even light
/// @param box the part of the sheet that a network looks at
/// @param text classes of the digits, and of the other signs that a model sees around them
/// @param logProbability of the most probable path of the text, as that model sees it
public record KnownLine(GrayImage sheet, Box box, int[] text, double logProbability) {
  /// The same line on no more of the sheet than is around it: half its height at each side.
  public KnownLine close() {
    int room = box.height() / 2;
    int left = Math.clamp(box.left() - room, 0, sheet.width() - 1);
    int top = Math.clamp(box.top() - room, 0, sheet.height() - 1);
    int right = Math.clamp(box.right() + room, left + 1, sheet.width());
    int bottom = Math.clamp(box.bottom() + room, top + 1, sheet.height());
    return new KnownLine(
        sheet.crop(left, top, right - left, bottom - top),
        new Box(box.left() - left, box.top() - top, box.width(), box.height()),
        text,
        logProbability);
  }
}
