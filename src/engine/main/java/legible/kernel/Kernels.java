package legible.kernel;

import legible.kernel.loops.Twin;
import legible.kernel.scalar.ScalarTwin;
import legible.kernel.vector.VectorTwin;

/// All kernels over one twin and one set of threads: the door between the mathematics and the loops.
///
/// Each family's class cuts a job into parts by shape alone, hands them to the threads and calls the
/// loops of the chosen twin. Scratch memory lives in the families and is reused, so one instance
/// serves one calling thread at a time.
public final class Kernels implements AutoCloseable {
  private final KernelSet set;
  private final int vectorBits;
  private final Parallel parallel;
  private final Gemm gemm;
  private final Convolution convolution;
  private final Pooling pooling;
  private final Normalization normalization;
  private final Elementwise elementwise;
  private final Softmax softmax;
  private final Updates updates;

  private Kernels(KernelSet set, Twin twin, int threads) {
    this.set = set;
    this.vectorBits = twin.vectorBits();
    this.parallel = new Parallel(threads);
    this.gemm = new Gemm(parallel, twin.gemm());
    this.convolution = new Convolution(parallel, twin.convolution(), twin.elementwise());
    this.pooling = new Pooling(parallel, twin.pooling());
    this.normalization = new Normalization(parallel, twin.normalization());
    this.elementwise = new Elementwise(parallel, twin.elementwise());
    this.softmax = new Softmax(parallel, twin.softmax());
    this.updates = new Updates(parallel, twin.updates());
  }

  /// The kernels of one set on a number of threads.
  ///
  /// @param threads threads that compute at the same time, >= 1
  /// @throws IllegalStateException if the vector set is asked for where its module is missing
  public static Kernels create(KernelSet set, int threads) {
    return switch (set) {
      case SCALAR -> new Kernels(set, new ScalarTwin(), threads);
      case VECTOR -> {
        if (!vectorModulePresent()) {
          throw new IllegalStateException(
              "Kernels: the vector set needs the module jdk.incubator.vector; start java with"
                  + " --add-modules jdk.incubator.vector or choose the scalar set (same bits)");
        }
        yield new Kernels(set, new VectorTwin(), threads);
      }
    };
  }

  /// The fastest kernels that this JVM can run, on a number of threads.
  public static Kernels best(int threads) {
    return create(vectorModulePresent() ? KernelSet.VECTOR : KernelSet.SCALAR, threads);
  }

  /// Whether `jdk.incubator.vector` is in the running JVM's module graph.
  public static boolean vectorModulePresent() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  public KernelSet set() {
    return set;
  }

  /// The width of the vectors in use, in bits; 0 for the scalar set.
  public int vectorBits() {
    return vectorBits;
  }

  public Parallel parallel() {
    return parallel;
  }

  public Gemm gemm() {
    return gemm;
  }

  public Convolution convolution() {
    return convolution;
  }

  public Pooling pooling() {
    return pooling;
  }

  public Normalization normalization() {
    return normalization;
  }

  public Elementwise elementwise() {
    return elementwise;
  }

  public Softmax softmax() {
    return softmax;
  }

  public Updates updates() {
    return updates;
  }

  /// Ends the threads.
  @Override
  public void close() {
    parallel.close();
  }
}
