package legible.digits.augment;

/// How strongly training pictures are distorted. Each strength is the bound of a uniform
/// distribution; 0 switches a distortion off.
///
/// @param rotationDegrees rotation, ± degrees
/// @param scale logarithm of the enlargement, ±
/// @param shear horizontal shear, ± (tangent of the slant)
/// @param shiftPixels shift in x and y, ± pixels
/// @param elasticPixels displacement of the control points of the elastic field, ± pixels
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

  public Augmentation {
    if (!(rotationDegrees >= 0 && scale >= 0 && shear >= 0 && shiftPixels >= 0)
        || !(elasticPixels >= 0)
        || elasticCells < 1
        || elasticCells > 14) {
      throw new IllegalArgumentException(
          "Augmentation: strengths >= 0 and elasticCells in 1..14 expected, got "
              + "%s %s %s %s %s %s"
                  .formatted(
                      rotationDegrees, scale, shear, shiftPixels, elasticPixels, elasticCells));
    }
  }

  /// The strengths in one line, for provenance; [#parse] is the way back.
  public String text() {
    return "affine %s %s %s %s elastic %s %d"
        .formatted(rotationDegrees, scale, shear, shiftPixels, elasticPixels, elasticCells);
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
