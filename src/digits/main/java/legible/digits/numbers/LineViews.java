package legible.digits.numbers;

import java.util.ArrayList;
import java.util.List;
import legible.digits.image.Box;
import legible.digits.image.GrayImage;

/// The parts of a sheet that the network looks at for one line: the line at several sizes.
final class LineViews {
  /// Digits take this part of a strip's height, as they do in training.
  private static final double DIGIT_SHARE = 0.68;

  /// The sizes at which a line is looked at, against the one found.
  private static final double[] SIZES = {0.85, 1, 1.15};

  /// A line that fills this part of a picture's height is the picture's only subject.
  private static final double FILLS = 0.3;

  /// Pictures at least so much wider than high may show one line.
  private static final double LINE_ASPECT = 1.2;

  private LineViews() {}

  /// Whether a sheet has the shape of one line.
  static boolean mayBeOneLine(GrayImage sheet) {
    return sheet.width() >= LINE_ASPECT * sheet.height();
  }

  /// Whether a line is so large that it is all that the sheet shows.
  static boolean fills(Box line, GrayImage sheet) {
    return line.height() >= FILLS * sheet.height();
  }

  /// All of the sheet's columns, as one line.
  static List<Box> whole(GrayImage sheet) {
    List<Box> views = new ArrayList<>();
    for (double size : SIZES) {
      int height = (int) Math.max(1, Math.round(sheet.height() / size));
      views.add(new Box(0, (sheet.height() - height) / 2, sheet.width(), height));
    }
    return views;
  }

  /// The surroundings of a line that was found.
  static List<Box> around(Box line, GrayImage sheet) {
    List<Box> views = new ArrayList<>();
    for (double size : SIZES) {
      views.add(strip(line, size, sheet.width()));
    }
    return views;
  }

  /// The strip around a line in which its digits have the height that they had in training.
  private static Box strip(Box line, double size, int sheetWidth) {
    int height = (int) Math.max(LineStrip.ROWS / 4, Math.round(line.height() / DIGIT_SHARE / size));
    int beside = line.height() / 2;
    int left = Math.max(0, line.left() - beside);
    int right = Math.min(sheetWidth, line.right() + beside);
    int top = line.top() + line.height() / 2 - height / 2;
    return new Box(left, top, right - left, height);
  }

  /// The view at the size that was found, of those that the others methods give.
  static Box plain(List<Box> views) {
    return views.get(SIZES.length / 2);
  }
}
