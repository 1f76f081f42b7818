package legible.digits.finetune;

import java.util.List;
import legible.digits.compose.ComposedLines;
import legible.digits.numbers.Alphabet;
import legible.digits.numbers.KnownLine;
import legible.digits.numbers.LineStrip;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.train.Transcription;

/// Photographed lines, another way in every epoch, and as many composed ones behind them, so that the
/// reader does not forget what those have and these have not.
final class PhotographedLines implements Transcription.Texts {
  private final List<LineLessons.Line> lines;
  private final ComposedLines composed;
  private final int photographed;
  private final int columns;
  private final CounterRandom random;

  /// @param photographed how many samples of an epoch are photographed lines, each in its turn
  /// @param composed the other samples, as wide
  /// @param columns of each sample
  PhotographedLines(
      List<LineLessons.Line> lines,
      int photographed,
      ComposedLines composed,
      int columns,
      long seed) {
    this.lines = List.copyOf(lines);
    this.composed = composed;
    this.photographed = photographed;
    this.columns = columns;
    this.random = new CounterRandom(seed).split("photographed");
  }

  @Override
  public int size() {
    return photographed + composed.size();
  }

  @Override
  public Shape sample() {
    return Shape.of(LineStrip.ROWS, columns, 1);
  }

  @Override
  public int classes() {
    return Alphabet.CLASSES;
  }

  @Override
  public int label(int index) {
    throw new UnsupportedOperationException("a line has a text, not a class");
  }

  private CounterRandom stream(int index, int epoch) {
    return random.split(epoch).split(index);
  }

  private KnownLine place(int index, int epoch) {
    List<KnownLine> places = lines.get(index % lines.size()).places();
    return places.get(stream(index, epoch).split("place").below(0, places.size()));
  }

  @Override
  public int[] text(int index, int epoch) {
    return index < photographed
        ? place(index, epoch).text()
        : composed.text(index - photographed, epoch);
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    if (index >= photographed) {
      composed.read(index - photographed, epoch, worker, target, offset);
      return;
    }
    KnownLine place = place(index, epoch);
    new LineJitter(stream(index, epoch).split("jitter"))
        .draw(place.sheet(), place.box(), target, offset, columns);
  }
}
