package legible.infer;

import java.util.List;
import legible.kernel.Kernels;

/// A program with kernels and buffers of its own: serves one calling thread at a time. A second call
/// with as many samples allocates nothing.
final class Session {
  private final Program program;
  private final Kernels kernels;
  private final float[][] buffers;
  private List<Runnable> steps = List.of();
  private int bound;

  Session(Program program, Kernels kernels) {
    this.program = program;
    this.kernels = kernels;
    this.buffers = new float[program.buffers().size()][0];
  }

  Kernels kernels() {
    return kernels;
  }

  /// A buffer of the program, which the next call with more samples replaces.
  float[] buffer(int index) {
    return buffers[index];
  }

  /// Computes the logits of some samples.
  ///
  /// @param inputs `[.., input]`, read from sample `first` on
  /// @param logits `[.., output]`, set from sample `first` on
  void run(float[] inputs, int first, int samples, float[] logits) {
    if (samples != bound) {
      bind(samples);
    }
    System.arraycopy(inputs, first * program.input(), buffers[0], 0, samples * program.input());
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run();
    }
    float[] result = buffers[program.result()];
    System.arraycopy(result, 0, logits, first * program.output(), samples * program.output());
  }

  private void bind(int samples) {
    for (int i = 0; i < buffers.length; i++) {
      int size = Math.multiplyExact(program.buffers().get(i), samples);
      if (buffers[i].length < size) {
        buffers[i] = new float[size];
      }
    }
    steps = program.steps().stream().map(step -> step.bind(kernels, buffers, samples)).toList();
    bound = samples;
  }
}
