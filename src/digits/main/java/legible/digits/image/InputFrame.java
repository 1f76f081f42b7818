package legible.digits.image;

import legible.tensor.Shape;

/// How a small grey picture fills the input of a network that takes larger ones: enlarged by the
/// largest whole factor that fits, in the middle, ground around it, and the same in every channel.
///
/// A picture of 28 x 28 gets a border of 2 pixels for an input of 32 x 32, and each of its pixels
/// becomes 8 x 8 for one of 224 x 224.
public final class InputFrame {
  private final Shape input;
  private final int height;
  private final int width;
  private final int factor;

  /// A frame for pictures of one size.
  ///
  /// @param input of the network, `[H,W,C]`
  /// @param height of the pictures
  /// @param width of the pictures
  /// @throws IllegalArgumentException if the input is no picture or a smaller one
  public InputFrame(Shape input, int height, int width) {
    if (input.rank() != 3 || input.dimension(0) < height || input.dimension(1) < width) {
      throw new IllegalArgumentException(
          "a network for pictures of at least %d x %d pixels expected, got one for %s"
              .formatted(height, width, input));
    }
    this.input = input;
    this.height = height;
    this.width = width;
    this.factor = Math.min(input.dimension(0) / height, input.dimension(1) / width);
  }

  /// Whether pictures of [DigitNormalizer#SIZE] fit into an input.
  public static boolean fitsDigits(Shape input) {
    return input.rank() == 3
        && input.dimension(0) >= DigitNormalizer.SIZE
        && input.dimension(1) >= DigitNormalizer.SIZE;
  }

  /// Whether pictures are the input as they are.
  public boolean isExact() {
    return input.equals(Shape.of(height, width, 1));
  }

  /// Places one picture.
  ///
  /// @param picture `height·width` values
  /// @param target receives the input
  /// @param offset where in target
  public void place(float[] picture, float[] target, int offset) {
    int rows = input.dimension(0);
    int columns = input.dimension(1);
    int channels = input.dimension(2);
    int top = (rows - factor * height) / 2;
    int left = (columns - factor * width) / 2;
    int at = offset;
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int row = Math.floorDiv(y - top, factor);
        int column = Math.floorDiv(x - left, factor);
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        float value = inside ? picture[row * width + column] : 0f;
        for (int c = 0; c < channels; c++) {
          target[at++] = value;
        }
      }
    }
  }
}
