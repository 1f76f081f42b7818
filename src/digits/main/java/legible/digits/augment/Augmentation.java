package legible.digits.augment;

import java.util.Locale;

/// How strongly training pictures are distorted. Each strength is the bound of a uniform
/// distribution; 0 switches a distortion off.
///
/// @param rotationDegrees rotation, ± degrees, up to 180
/// @param scale logarithm of the enlargement, ±, up to 3
/// @param shear horizontal shear, ± (tangent of the slant), up to 3
/// @param shiftPixels shift in x and y, ± pixels, up to 28
/// @param elasticPixels displacement of the control points of the elastic field, ± pixels, up to 28
/// @param elasticCells cells of the elastic field in each direction, 1..14
public record Augmentation(
    float rotationDegrees,
    float scale,
    float shear,
    float shiftPixels,
    float elasticPixels,
    int elasticCells) {
  /// Pictures as they are.
  public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 4);

  /// The strengths that were best on a hold-out of the training set; see
  /// `docs/decisions/0009-recipe.md`.
  public static final Augmentation DIGITS = new Augmentation(8, 0.1f, 0.1f, 1, 1.5f, 4);

  /// For pictures in scenes: what photographs of single digits leave of slant, size and place.
  public static final Augmentation STRONG = new Augmentation(25, 0.35f, 0.35f, 3, 1.5f, 4);

  /// @throws IllegalArgumentException if a strength is out of range or not a number: an infinite
  ///   one would make every pixel NaN
  public Augmentation {
    require("rotationDegrees", rotationDegrees, 180);
    require("scale", scale, 3);
    require("shear", shear, 3);
    require("shiftPixels", shiftPixels, 28);
    require("elasticPixels", elasticPixels, 28);
    if (elasticCells < 1 || elasticCells > 14) {
      throw new IllegalArgumentException(
          "Augmentation: elasticCells in 1..14 expected, got " + elasticCells);
    }
  }

  private static void require(String name, float strength, int most) {
    if (!(strength >= 0 && strength <= most)) { // false for NaN too
      throw new IllegalArgumentException(
          "Augmentation: " + name + " in 0.." + most + " expected, got " + strength);
    }
  }

  /// The strengths in one line, for provenance; [#parse] is the way back. The same characters in
  /// every country, since they become part of the model file.
  public String text() {
    return String.format(
        Locale.ROOT,
        "affine %s %s %s %s elastic %s %d",
        rotationDegrees,
        scale,
        shear,
        shiftPixels,
        elasticPixels,
        elasticCells);
  }

  /// The augmentation that [#text] wrote.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Augmentation parse(String text) {
    String[] words = text.split(" ");
    try {
      if (words.length == 8 && words[0].equals("affine") && words[5].equals("elastic")) {
        return new Augmentation(
            Float.parseFloat(words[1]),
            Float.parseFloat(words[2]),
            Float.parseFloat(words[3]),
            Float.parseFloat(words[4]),
            Float.parseFloat(words[6]),
            Integer.parseInt(words[7]));
      }
    } catch (NumberFormatException e) {
      throw invalid(text, e);
    }
    throw invalid(text, null);
  }

  private static IllegalArgumentException invalid(String text, Exception cause) {
    return new IllegalArgumentException(
        "Augmentation: 'affine ROTATION SCALE SHEAR SHIFT elastic PIXELS CELLS' expected, got '"
            + text
            + "'",
        cause);
  }
}
