package legible.digits.compose;

/// How one writer writes one line: what the digits of a line have in common.
///
/// @param height of a digit, pixels
/// @param aspect width of digits against that of MNIST
/// @param slant pixels to the right for each pixel up
/// @param slope of the line of writing, down for each pixel to the right
/// @param gap mean distance between the ink of neighbours, in heights; negative where they overlap
/// @param looseness deviation of gaps, heights and places, in heights
/// @param least ink of MNIST that counts as none
/// @param most ink of MNIST that counts as full
/// @param pen radius for signs that are drawn, pixels
/// @param drawn share of digits that are drawn instead of MNIST's
/// @param wobble deviation of the points of drawn signs, in heights
/// @param zeros height of zeros against that of other digits
record LineStyle(
    float height,
    float aspect,
    float slant,
    float slope,
    float gap,
    float looseness,
    float least,
    float most,
    float pen,
    float drawn,
    float wobble,
    float zeros) {
  static LineStyle draw(Draws draws) {
    float height = draws.uniform(16, 27);
    float least = draws.uniform(0, 0.5);
    float most = Math.min(1, least + draws.uniform(0.3, 0.6));
    boolean touching = draws.chance(0.35);
    return new LineStyle(
        height,
        draws.uniform(0.75, 1.2),
        draws.chance(0.3) ? 0 : draws.uniform(-0.25, 0.5),
        draws.chance(0.5) ? 0 : draws.jitter(0.03),
        touching ? draws.uniform(-0.12, 0.02) : draws.uniform(0.02, 0.45),
        draws.uniform(0.01, 0.12),
        least,
        most,
        draws.uniform(0.5, 0.085 * height),
        draws.chance(0.4) ? 0 : draws.uniform(0.15, 0.9),
        draws.uniform(0.01, 0.055),
        draws.chance(0.8) ? 1 : draws.uniform(0.55, 0.9));
  }

  /// MNIST's digits as they are, side by side or touching, on a line.
  static LineStyle plain(Draws draws) {
    boolean touching = draws.chance(0.5);
    return new LineStyle(
        22,
        1,
        0,
        0,
        touching ? draws.uniform(-0.06, 0) : draws.uniform(0.05, 0.4),
        0.02f,
        0,
        1,
        1,
        0,
        0,
        1);
  }
}
