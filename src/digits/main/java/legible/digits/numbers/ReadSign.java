package legible.digits.numbers;

import legible.digits.image.Box;

/// A sign that was read.
///
/// @param sign a digit or one of the other signs of [Alphabet#SIGNS]
/// @param probability that the network gives it at its place, in [0, 1]
/// @param box where it is, in pixels of the picture
public record ReadSign(char sign, float probability, Box box) {
  /// Whether it is a digit.
  public boolean isDigit() {
    return sign >= '0' && sign <= '9';
  }
}
