package legible.infer;

import java.util.ArrayDeque;
import java.util.Deque;
import legible.autograd.Weights;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.model.Architecture;

/// Answers of a model: **the one path by which the product computes logits**, for one sample or many.
///
/// Batch normalisations are folded into the layers before them, biases and ReLUs are fused, weights
/// are copied once into the order in which the kernels read them. A sample's logits do not depend on
/// what else is in the batch, on the number of threads or on the kernel set; they may differ in the
/// last bits from those of the training graph in models with batch normalisation.
///
/// Thread-safe: any number of threads may call at the same time; each call has buffers and threads of
/// its own, which are kept for the next one. A call allocates nothing once such calls have been made.
///
/// ```java
/// try (Predictor predictor = Predictor.create(architecture, weights, KernelSet.SCALAR, 1)) {
///   float[] logits = predictor.logits(pixels, 1);
/// }
/// ```
public final class Predictor implements AutoCloseable {
  private final Program program;
  private final KernelSet set;
  private final int threads;
  private final Deque<Crew> idle = new ArrayDeque<>();
  private boolean closed;

  private Predictor(Program program, KernelSet set, int threads) {
    this.program = program;
    this.set = set;
    this.threads = threads;
  }

  /// Makes a model ready. The weights are copied where they are changed and kept where they are not:
  /// they must not be modified while the predictor is in use.
  ///
  /// @param set the kernels to compute with; the bits are the same
  /// @param threads threads of each call, the caller's own included, >= 1; with 1 none is started
  /// @throws IllegalStateException if the vector set is asked for where its module is missing
  public static Predictor create(
      Architecture architecture, Weights weights, KernelSet set, int threads) {
    try (Kernels kernels = Kernels.create(set, 1)) {
      return new Predictor(Program.compile(architecture, weights, kernels), set, threads);
    }
  }

  /// The number of classes.
  public int classes() {
    return program.output();
  }

  /// The logits of some samples.
  ///
  /// @param inputs `[samples, input...]`
  /// @return `[samples, classes]`
  /// @throws IllegalArgumentException if inputs has another length
  public float[] logits(float[] inputs, int samples) {
    float[] logits = new float[Math.multiplyExact(samples, program.output())];
    logits(inputs, samples, logits);
    return logits;
  }

  /// The logits of some samples, without allocating.
  ///
  /// @param inputs `[samples, input...]`, not modified
  /// @param logits `[samples, classes]`, set
  /// @throws IllegalArgumentException if an array has another length
  public void logits(float[] inputs, int samples, float[] logits) {
    check("inputs", samples, program.input(), inputs);
    check("logits", samples, program.output(), logits);
    Crew crew = acquire();
    try {
      crew.run(inputs, samples, logits);
    } finally {
      release(crew);
    }
  }

  /// The probability of each class: the softmax of logits.
  ///
  /// @param logits `[samples, classes]`, not modified
  /// @return `[samples, classes]`
  /// @throws IllegalArgumentException if logits has another length
  public float[] softmax(float[] logits, int samples) {
    check("logits", samples, program.output(), logits);
    float[] probabilities = new float[logits.length];
    Crew crew = acquire();
    try {
      crew.kernels().softmax().softmax(samples, program.output(), logits, probabilities);
    } finally {
      release(crew);
    }
    return probabilities;
  }

  private static void check(String name, int samples, int each, float[] array) {
    if (array.length != Math.multiplyExact(samples, each)) {
      throw new IllegalArgumentException(
          "Predictor: %s of %d x %d values expected, got %d"
              .formatted(name, samples, each, array.length));
    }
  }

  private synchronized Crew acquire() {
    if (closed) {
      throw new IllegalStateException("Predictor: expected open, got a call after close");
    }
    return idle.isEmpty() ? new Crew(program, set, threads) : idle.pop();
  }

  private synchronized void release(Crew crew) {
    if (closed) {
      crew.close();
    } else {
      idle.push(crew);
    }
  }

  /// Ends the threads of idle calls; those of a call at work end with it.
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(Crew::close);
    idle.clear();
  }
}
