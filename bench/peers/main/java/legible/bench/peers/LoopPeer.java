package legible.bench.peers;

import java.util.Optional;
import legible.bench.protocol.Engine;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;

/// The matrix product as a textbook has it, on one thread.
///
/// @param rowWise whether the loops are in the order i, k, j, which reads rows only, or i, j, k
record LoopPeer(boolean rowWise) implements Engine {
  /// Larger products take minutes in the order i, j, k.
  private static final int LARGEST_COLUMN_WISE = 512;

  @Override
  public String version() {
    return "Java " + Runtime.version();
  }

  @Override
  public Optional<Job> prepare(Message work) {
    int n = work.integer("size");
    if (work.integer("threads") > 1 || (!rowWise && n > LARGEST_COLUMN_WISE)) {
      return Optional.empty();
    }
    float[] a = Numbers.numbers(n * n, 0);
    float[] b = Numbers.numbers(n * n, 1);
    float[] c = new float[n * n];
    return Optional.of(
        new Job() {
          @Override
          public void run() {
            if (rowWise) {
              multiplyRows(n, a, b, c);
            } else {
              multiply(n, a, b, c);
            }
          }

          @Override
          public double check() {
            return Numbers.rootMeanSquare(c);
          }
        });
  }

  private static void multiplyRows(int n, float[] a, float[] b, float[] c) {
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        float value = a[i * n + k];
        for (int j = 0; j < n; j++) {
          c[i * n + j] += value * b[k * n + j];
        }
      }
    }
  }

  private static void multiply(int n, float[] a, float[] b, float[] c) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int k = 0; k < n; k++) {
          sum += a[i * n + k] * b[k * n + j];
        }
        c[i * n + j] += sum;
      }
    }
  }
}
