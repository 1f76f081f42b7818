package legible.op;

import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// How a test's input is drawn.
enum Draw {
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

  Tensor tensor(CounterRandom random, int... dimensions) {
    Tensor tensor = Tensor.zeros(Shape.of(dimensions));
    int row = dimensions.length == 0 ? 1 : dimensions[dimensions.length - 1];
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = of(i, tensor.size(), row, random);
    }
    return tensor;
  }
}
