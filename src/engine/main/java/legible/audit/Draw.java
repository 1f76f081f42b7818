package legible.audit;

import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// How the input of a check is drawn.
public enum Draw {
  /// In [-1, 1).
  UNIFORM {
    @Override
    float of(int i, int size, int row, CounterRandom random) {
      return random.uniform(i, -1f, 1f);
    }
  },
  /// In ±[0.1, 1): a ReLU's kink at 0 is further away than any step of a central difference.
  AWAY_FROM_ZERO {
    @Override
    float of(int i, int size, int row, CounterRandom random) {
      return Math.copySign(random.uniform(i, 0.1f, 1f), random.uniform(size + i) - 0.5f);
    }
  },
  /// In [-1, 1), each value once: no two pixels tie for the maximum of a window.
  DISTINCT {
    @Override
    float of(int i, int size, int row, CounterRandom random) {
      return 2f * random.permutation(size)[i] / size - 1;
    }
  },
  /// In [0.5, 1.5): variances and scales.
  POSITIVE {
    @Override
    float of(int i, int size, int row, CounterRandom random) {
      return random.uniform(i, 0.5f, 1.5f);
    }
  },
  /// Class numbers 0..2 in rows of different lengths, the rest -1: texts for [legible.op.CtcLoss].
  LABELS {
    @Override
    float of(int i, int size, int row, CounterRandom random) {
      return i % row < i / row % (row + 1) ? random.below(i, 3) : -1;
    }
  },
  /// Rows `[N,K]` that sum to 1.
  DISTRIBUTION {
    @Override
    float of(int i, int size, int row, CounterRandom random) {
      float sum = 0;
      for (int k = i / row * row; k < (i / row + 1) * row; k++) {
        sum += random.uniform(k);
      }
      return random.uniform(i) / sum;
    }
  };

  abstract float of(int i, int size, int row, CounterRandom random);

  /// A tensor of such numbers.
  public Tensor tensor(CounterRandom random, int... dimensions) {
    Tensor tensor = Tensor.zeros(Shape.of(dimensions));
    int row = dimensions.length == 0 ? 1 : dimensions[dimensions.length - 1];
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = of(i, tensor.size(), row, random);
    }
    return tensor;
  }
}
