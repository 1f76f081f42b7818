package legible.digits.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Takes away what is no writing: printed lines across the sheet, and blots and grain beside a digit.
public final class InkCleaning {
  /// Ink above this belongs to a piece.
  private static final float CLEAR = 0.35f;

  /// A run of ink over this part of the sheet is a printed line.
  private static final double LINE = 0.4;

  /// The thickest printed line, as a part of the sheet's shorter side.
  private static final double THICKEST = 0.035;

  /// What touches the edge of the picture is the neighbour's rather than the digit.
  private static final double EDGE_WEIGHT = 0.3;

  /// A part of a broken digit is at least this large against its largest part, and at most so far away
  /// against its height.
  private static final double LEAST_PART = 0.04;

  private static final double FARTHEST = 0.3;

  private InkCleaning() {}

  /// Erases printed lines along rows and columns, where no stroke crosses them.
  public static void removeLines(boolean[] ink, int width) {
    int height = ink.length / width;
    int thick = (int) Math.max(2, Math.ceil(THICKEST * Math.min(width, height)));
    boolean[] before = ink.clone();
    for (int y = 0; y < height; y++) {
      erase(before, y * width, 1, width, width, y, height, thick, ink);
    }
    boolean[] rows = ink.clone();
    for (int x = 0; x < width; x++) {
      erase(rows, x, width, height, 1, x, width, thick, ink);
    }
  }

  /// Erases long runs along one row or column.
  ///
  /// @param first index of the first place
  /// @param along distance of neighbours in it
  /// @param across distance to the next row or column
  /// @param place which row or column, of `places`
  private static void erase(
      boolean[] ink,
      int first,
      int along,
      int count,
      int across,
      int place,
      int places,
      int thick,
      boolean[] result) {
    int start = 0;
    for (int i = 0; i <= count; i++) {
      if (i < count && ink[first + i * along]) {
        continue;
      }
      for (int j = start; j < i && i - start > LINE * count; j++) {
        int here = first + j * along;
        boolean before = place >= thick && ink[here - thick * across];
        boolean behind = place + thick < places && ink[here + thick * across];
        result[here] = before || behind;
      }
      start = i + 1;
    }
  }

  /// A picture of one digit without printed lines, blots and grain. Empty if it has nothing of the kind.
  ///
  /// @param ink ground 0, ink 1
  public static Optional<GrayImage> digit(GrayImage ink) {
    boolean[] clear = new boolean[ink.values().length];
    for (int i = 0; i < clear.length; i++) {
      clear[i] = ink.values()[i] > CLEAR;
    }
    boolean[] mask = clear.clone();
    removeLines(mask, ink.width());
    List<Component> pieces = Component.of(mask, ink.width());
    List<Component> kept = digit(pieces, ink);
    if (kept.isEmpty() || (kept.size() == pieces.size() && Arrays.equals(mask, clear))) {
      return Optional.empty();
    }
    return Optional.of(only(kept, ink));
  }

  /// The largest piece, and pieces near to it that may be parts of the same digit.
  private static List<Component> digit(List<Component> pieces, GrayImage ink) {
    List<Component> kept = new ArrayList<>();
    if (pieces.isEmpty()) {
      return kept;
    }
    // No Comparator.comparing and no equals of a record: their code is made at run time, in a tenth
    // of the time of a picture's whole process (docs/decisions/0013).
    List<Component> rest = new ArrayList<>(pieces);
    Component main = rest.remove(heaviest(pieces, ink));
    Box all = main.box();
    kept.add(main);
    rest.sort(
        (a, b) -> Integer.compare(distance(a.box(), main.box()), distance(b.box(), main.box())));
    for (Component piece : rest) {
      boolean large = piece.area() >= LEAST_PART * main.area();
      int height = Math.max(all.height(), all.width());
      if (large && distance(piece.box(), all) <= FARTHEST * height && !atEdge(piece, ink)) {
        kept.add(piece);
        all = all.with(piece.box());
      }
    }
    return kept;
  }

  /// The number of the piece of the greatest weight, the first one among equals.
  private static int heaviest(List<Component> pieces, GrayImage ink) {
    int heaviest = 0;
    for (int i = 1; i < pieces.size(); i++) {
      if (weight(pieces.get(i), ink) > weight(pieces.get(heaviest), ink)) {
        heaviest = i;
      }
    }
    return heaviest;
  }

  private static double weight(Component piece, GrayImage ink) {
    return piece.area() * (atEdge(piece, ink) ? EDGE_WEIGHT : 1);
  }

  private static boolean atEdge(Component piece, GrayImage ink) {
    Box box = piece.box();
    return box.left() == 0
        || box.top() == 0
        || box.right() == ink.width()
        || box.bottom() == ink.height();
  }

  /// Pixels between two boxes; 0 if they overlap.
  private static int distance(Box a, Box b) {
    int across = Math.max(0, Math.max(a.left() - b.right(), b.left() - a.right()));
    int down = Math.max(0, Math.max(a.top() - b.bottom(), b.top() - a.bottom()));
    return Math.max(across, down);
  }

  /// The ink of some pieces with their soft edges.
  private static GrayImage only(List<Component> pieces, GrayImage ink) {
    int width = ink.width();
    int height = ink.height();
    int edge = Math.max(1, Math.min(width, height) / 80);
    boolean[] near = new boolean[width * height];
    for (Component piece : pieces) {
      for (int pixel : piece.pixels()) {
        int x = pixel % width;
        int y = pixel / width;
        for (int v = Math.max(0, y - edge); v <= Math.min(height - 1, y + edge); v++) {
          Arrays.fill(
              near,
              v * width + Math.max(0, x - edge),
              v * width + Math.min(width, x + edge + 1),
              true);
        }
      }
    }
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = near[i] ? ink.values()[i] : 0;
    }
    return new GrayImage(width, height, values);
  }
}
