package legible.digits.augment.stranger;

import legible.digits.idx.LabelledImages;
import legible.random.CounterRandom;

/// Something that is written and is no digit: what a reader of digits has to learn to refuse.
public sealed interface Stranger permits Letter, Scribble, Blot, Speckle, Nothing, DigitPair {
  /// Draws it on an empty picture of 28 x 28 pixels.
  ///
  /// @param draw every random number comes from here
  /// @param digits pictures that may be used for it
  /// @param ink 784 values, all 0 before; values in [0, 1] after
  void draw(CounterRandom draw, LabelledImages digits, float[] ink);
}
