package legible.digits.augment.stranger;

import legible.digits.idx.LabelledImages;
import legible.random.CounterRandom;

/// No ink at all: what is seen is the ground alone.
record Nothing() implements Stranger {
  @Override
  public void draw(CounterRandom draw, LabelledImages digits, float[] ink) {
    // an empty picture stays empty
  }
}
