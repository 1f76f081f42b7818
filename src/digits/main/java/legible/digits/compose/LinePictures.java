package legible.digits.compose;

import legible.digits.compose.LineComposer.Manner;
import legible.digits.idx.LabelledImages;
import legible.digits.image.GrayImage;
import legible.digits.numbers.Alphabet;

/// Composed lines as pictures, to measure readers with, by code that anybody can run.
public final class LinePictures {
  /// Ten wide digits with wide gaps.
  private static final int PLAIN_WIDTH = 352;

  /// As wide as the lines that a reader learns from.
  private static final int WIDTH = 128;

  private static final int SEED = 1;

  private final LineComposer composer;
  private final int width;

  private LinePictures(LabelledImages digits, Manner manner, int width) {
    this.composer = new LineComposer(new Handwriting(digits), manner, width, SEED);
    this.width = width;
  }

  /// 2 to 10 of MNIST's digits as they are, in half of the lines close enough to touch.
  ///
  /// @param digits that no reader learned from
  public static LinePictures plain(LabelledImages digits) {
    return new LinePictures(digits, Manner.PLAIN, PLAIN_WIDTH);
  }

  /// Numbers and amounts in many hands and on many grounds.
  ///
  /// @param digits that no reader learned from
  public static LinePictures manyHands(LabelledImages digits) {
    return new LinePictures(digits, Manner.MANY_HANDS, WIDTH);
  }

  /// A picture: light, dark digits on white.
  public GrayImage picture(int index) {
    float[] values = new float[LineComposer.HEIGHT * width];
    composer.compose(index, 0, values, 0, new LineComposer.Scratch());
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
    return new GrayImage(width, LineComposer.HEIGHT, values);
  }

  /// What it shows.
  public String text(int index) {
    return Alphabet.text(composer.text(index, 0));
  }
}
