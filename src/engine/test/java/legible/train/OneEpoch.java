package legible.train;

import legible.tensor.Shape;

/// A data set that looks in every epoch as in the first.
record OneEpoch(Stripes stripes) implements Dataset {
  @Override
  public int size() {
    return stripes.size();
  }

  @Override
  public Shape sample() {
    return stripes.sample();
  }

  @Override
  public int classes() {
    return stripes.classes();
  }

  @Override
  public int label(int index) {
    return stripes.label(index);
  }

  @Override
  public void read(int index, int epoch, int worker, float[] target, int offset) {
    stripes.read(index, 0, worker, target, offset);
  }
}
