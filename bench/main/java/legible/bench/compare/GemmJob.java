package legible.bench.compare;

import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;
import legible.kernel.Kernels;

/// `C += A·B` of square matrices.
final class GemmJob implements Job {
  private final Kernels kernels;
  private final int size;
  private final float[] a;
  private final float[] b;
  private final float[] c;

  GemmJob(Message work, Kernels kernels) {
    this.kernels = kernels;
    size = work.integer("size");
    a = Numbers.numbers(size * size, 0);
    b = Numbers.numbers(size * size, 1);
    c = new float[size * size];
  }

  @Override
  public void run() {
    kernels.gemm().gemm(size, size, size, a, 0, b, 0, c, 0);
  }

  @Override
  public double check() {
    return Numbers.rootMeanSquare(c);
  }

  @Override
  public void close() {
    kernels.close();
  }
}
