package legible.digits.compose;

import java.util.Arrays;
import legible.digits.numbers.Alphabet;
import legible.tensor.Shape;
import legible.train.Transcription;

/// Composed lines as a training reads them: other ones in every epoch.
public final class ComposedLines implements Transcription.Texts {
  private final LineComposer composer;
  private final int width;
  private final int size;
  private final int firstEpoch;
  private final LineComposer.Scratch[] scratch;

  /// Lines in many hands.
  ///
  /// @param size lines in an epoch
  /// @param threads that may call [#read] at the same time
  public ComposedLines(Handwriting handwriting, int width, int size, long seed, int threads) {
    this(
        new LineComposer(handwriting, LineComposer.Manner.MANY_HANDS, width, seed),
        width,
        size,
        0,
        threads);
  }

  /// Lines of a composer.
  ///
  /// @param width of the composer's pictures
  /// @param firstEpoch where the composer's epochs begin, so that its lines are others than those of
  ///     an earlier training
  public ComposedLines(LineComposer composer, int width, int size, int firstEpoch, int threads) {
    this.composer = composer;
    this.width = width;
    this.size = size;
    this.firstEpoch = firstEpoch;
    this.scratch = new LineComposer.Scratch[threads];
    Arrays.setAll(scratch, i -> new LineComposer.Scratch());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape sample() {
    return Shape.of(LineComposer.HEIGHT, width, 1);
  }

  @Override
  public int classes() {
    return Alphabet.CLASSES;
  }

  @Override
  public int label(int index) {
    throw new UnsupportedOperationException("a composed line has a text, not a class");
  }

  @Override
  public int[] text(int index, int epoch) {
    return composer.text(index, firstEpoch + epoch);
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    composer.compose(index, firstEpoch + epoch, target, offset, scratch[worker]);
  }
}
