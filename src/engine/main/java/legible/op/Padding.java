package legible.op;

import legible.kernel.Window;
import legible.tensor.Shape;
import legible.tensor.ShapeException;

/// How many zero pixels surround an image before a window slides over it.
///
/// ```
///  VALID      none                              out = ⌊(in - k) / s⌋ + 1
///  SAME       as many as give this output       out = ⌈in / s⌉
///  pixels(p)  p on each side                    out = ⌊(in + 2p - k) / s⌋ + 1
/// ```
///
/// With SAME an odd pixel goes to the bottom and right, as Keras has it; **PyTorch pads both sides
/// alike**, which is `pixels(p)`.
///
/// @param same whether the amount follows from the output size
/// @param pixels the amount on each side if not `same`, >= 0
public record Padding(boolean same, int pixels) {
  public static final Padding VALID = new Padding(false, 0);
  public static final Padding SAME = new Padding(true, 0);

  public Padding {
    if (pixels < 0 || (same && pixels != 0)) {
      throw new IllegalArgumentException(
          "Padding: pixels expected >= 0 (0 with same), got " + pixels);
    }
  }

  /// The same amount on each side.
  public static Padding pixels(int pixels) {
    return new Padding(false, pixels);
  }

  /// The window's geometry over images `[N,H,W,C]`.
  ///
  /// @throws ShapeException if the window does not fit into the padded image even once
  Window window(String op, Shape x, int kernelHeight, int kernelWidth, int stride) {
    int height = x.dimension(1);
    int width = x.dimension(2);
    int outHeight = outLength(height, kernelHeight, stride);
    int outWidth = outLength(width, kernelWidth, stride);
    if (outHeight < 1 || outWidth < 1) {
      throw new ShapeException(
          "%s: x expected at least %dx%d pixels with padding %s, got %s"
              .formatted(op, kernelHeight, kernelWidth, this, x));
    }
    return new Window(
        x.dimension(0),
        height,
        width,
        x.dimension(3),
        kernelHeight,
        kernelWidth,
        stride,
        before(height, outHeight, kernelHeight, stride),
        before(width, outWidth, kernelWidth, stride),
        outHeight,
        outWidth);
  }

  private int outLength(int in, int kernel, int stride) {
    return same ? Math.ceilDiv(in, stride) : Math.floorDiv(in + 2 * pixels - kernel, stride) + 1;
  }

  /// The padding above or left of the image.
  private int before(int in, int out, int kernel, int stride) {
    return same ? Math.max((out - 1) * stride + kernel - in, 0) / 2 : pixels;
  }

  /// `same`, or the number of pixels.
  @Override
  public String toString() {
    return same ? "same" : Integer.toString(pixels);
  }

  /// The padding that [#toString] wrote: `same`, `valid` or a number of pixels.
  ///
  /// @throws IllegalArgumentException for any other text
  public static Padding parse(String text) {
    return switch (text) {
      case "same" -> SAME;
      case "valid" -> VALID;
      default -> {
        if (!text.matches("[0-9]{1,4}")) {
          throw new IllegalArgumentException(
              "Padding: 'same', 'valid' or a number of pixels expected, got '" + text + "'");
        }
        yield pixels(Integer.parseInt(text));
      }
    };
  }
}
