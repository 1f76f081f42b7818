package legible.digits.augment.stranger;

import java.util.List;

/// Letters and signs as strokes, none of which a hand may mean as a digit: no O, I, l, S, Z, G, B, q, b
/// or D. Each is a text of strokes with a bar between them, each stroke the corners of a broken line
/// as two digits: column and row from 0 to 9, row 0 on top.
public final class Glyphs {
  /// What the robust model learns to refuse: A, E, H, K, M, N, R, X, e, k, m, w and `+ = # * &`.
  static final List<String> LEARNT =
      List.of(
          "0940 | 4099 | 2666",
          "90 00 09 99 | 0484",
          "0009 | 9099 | 0494",
          "0009 | 9004 99",
          "09 00 45 90 99",
          "09 00 99 90",
          "09 00 70 92 93 75 05 | 4599",
          "0099 | 9009",
          "05 95 93 71 31 13 06 18 39 79 97",
          "1019 | 8316 89",
          "0903 | 04 23 43 54 59 | 54 73 93 99",
          "00 29 45 79 90",
          "4149 | 0585",
          "0393 | 0696",
          "3019 | 8069 | 0393 | 0696",
          "4148 | 1277 | 7217 | 0484",
          "99 22 30 50 62 17 19 39 96");

  /// Others, for measuring whether what was never seen is refused as well: C, F, P, T, V, W, Y, L, a, h,
  /// n, u, x with a bar, `? % $` and an arrow.
  static final List<String> KEPT_BACK =
      List.of(
          "92 70 30 03 06 39 79 97",
          "0009 | 0090 | 0474",
          "0900 60 92 93 65 05",
          "0090 | 4049",
          "0049 90",
          "0029 42 69 90",
          "0045 90 | 4549",
          "0009 99",
          "13 31 61 83 89 | 84 25 07 19 59 87",
          "1019 | 15 43 63 75 79",
          "1319 | 15 33 63 75 79",
          "1317 39 59 77 | 7379",
          "1189 | 8119 | 0595",
          "12 30 70 92 93 56 57 | 4949",
          "9009 | 1122 | 7788",
          "92 70 20 03 14 85 97 79 29 07 | 4049",
          "0595 | 6195 69");

  private Glyphs() {}

  /// The strokes of a glyph: for each the columns and rows of its corners in turn, in [0, 9].
  static int[][] strokes(String glyph) {
    String[] parts = glyph.split("\\|");
    int[][] strokes = new int[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      strokes[i] = parts[i].chars().filter(c -> c >= '0' && c <= '9').map(c -> c - '0').toArray();
    }
    return strokes;
  }
}
