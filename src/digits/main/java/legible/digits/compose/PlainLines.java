package legible.digits.compose;

import legible.digits.idx.LabelledImages;
import legible.digits.image.GrayImage;
import legible.digits.numbers.Alphabet;

/// Pictures of 2 to 10 digits, in half of them close enough to touch, to measure readers with: made of
/// MNIST's digits as they are, by code that anybody can run.
public final class PlainLines {
  /// Ten wide digits with wide gaps.
  private static final int WIDTH = 352;

  private static final int SEED = 1;

  private final LineComposer composer;

  /// @param digits that no reader learned from
  public PlainLines(LabelledImages digits) {
    composer = new LineComposer(new Handwriting(digits), LineComposer.Manner.PLAIN, WIDTH, SEED);
  }

  /// A picture: light, dark digits on white.
  public GrayImage picture(int index) {
    float[] values = new float[LineComposer.HEIGHT * WIDTH];
    composer.compose(index, 0, values, 0, new LineComposer.Scratch());
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - values[i];
    }
    return new GrayImage(WIDTH, LineComposer.HEIGHT, values);
  }

  /// What it shows.
  public String text(int index) {
    return Alphabet.text(composer.text(index, 0));
  }
}
