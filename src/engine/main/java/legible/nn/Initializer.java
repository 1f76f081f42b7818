package legible.nn;

import java.util.Arrays;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// How the elements of a new parameter are drawn.
///
/// The last axis counts the outputs; all others together count the inputs of one output:
/// `fanOut = shape[-1]·(window positions)`, `fanIn = size/shape[-1]`, as for dense `[I,J]` and
/// convolution weights `[kH,kW,C,O]`.
public enum Initializer {
  /// All 0.
  ZEROS {
    @Override
    void fill(Shape shape, CounterRandom random, float[] values) {
      Arrays.fill(values, 0f);
    }
  },

  /// All 1.
  ONES {
    @Override
    void fill(Shape shape, CounterRandom random, float[] values) {
      Arrays.fill(values, 1f);
    }
  },

  /// Normal with standard deviation √(2/fanIn), which keeps the variance through a ReLU.
  ///
  /// Source: He et al. 2015, "Delving deep into rectifiers", equation 10.
  HE {
    @Override
    void fill(Shape shape, CounterRandom random, float[] values) {
      double deviation = StrictMath.sqrt(2.0 / fanIn(shape));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.normal(i));
      }
    }
  },

  /// Uniform in ±√(6/(fanIn + fanOut)), which keeps the variance forward and backward through a
  /// linear layer.
  ///
  /// Source: Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural
  /// networks", equation 16.
  GLOROT {
    @Override
    void fill(Shape shape, CounterRandom random, float[] values) {
      double limit = StrictMath.sqrt(6.0 / ((double) fanIn(shape) + fanOut(shape)));
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (limit * (2.0 * random.uniform(i) - 1));
      }
    }
  },

  /// A random matrix `[fanIn, outputs]` with orthonormal columns (or rows, if there are fewer rows),
  /// by Gram and Schmidt's method on normal numbers.
  ///
  /// Source: Saxe, McClelland & Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning
  /// in deep linear neural networks".
  ORTHOGONAL {
    @Override
    void fill(Shape shape, CounterRandom random, float[] values) {
      int columns = shape.dimension(-1);
      int rows = values.length / columns;
      boolean tall = rows >= columns;
      int count = tall ? columns : rows;
      double[][] vectors = orthonormal(count, tall ? rows : columns, random);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
          values[r * columns + c] = (float) (tall ? vectors[c][r] : vectors[r][c]);
        }
      }
    }
  };

  abstract void fill(Shape shape, CounterRandom random, float[] values);

  /// A new tensor with elements drawn from the stream.
  public Tensor create(Shape shape, CounterRandom random) {
    Tensor tensor = Tensor.zeros(shape);
    fill(shape, random, tensor.data());
    return tensor;
  }

  private static int fanIn(Shape shape) {
    return Math.max(1, shape.size() / Math.max(1, shape.dimension(-1)));
  }

  private static int fanOut(Shape shape) {
    int inputs = shape.rank() < 2 ? 1 : Math.max(1, shape.dimension(-2));
    return Math.max(1, shape.size() / inputs);
  }

  private static double[][] orthonormal(int count, int length, CounterRandom random) {
    double[][] vectors = new double[count][length];
    for (int v = 0; v < count; v++) {
      for (int i = 0; i < length; i++) {
        vectors[v][i] = random.normal((long) v * length + i);
      }
      for (int earlier = 0; earlier < v; earlier++) {
        double projection = dot(vectors[v], vectors[earlier]);
        for (int i = 0; i < length; i++) {
          vectors[v][i] -= projection * vectors[earlier][i];
        }
      }
      double norm = StrictMath.sqrt(dot(vectors[v], vectors[v]));
      for (int i = 0; i < length; i++) {
        vectors[v][i] /= norm;
      }
    }
    return vectors;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
