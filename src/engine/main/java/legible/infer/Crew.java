package legible.infer;

import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.kernel.Parallel;

/// What one call of a [Predictor] works with: a session whose kernels share out each layer to all
/// threads, and for batches a session for each thread, in which some samples go through all layers
/// while their activations are still in that core's cache. A few small samples are for one thread alone.
final class Crew implements AutoCloseable {
  /// Floats of a thread's largest buffer: 600 KiB, of second-level caches of 1 MiB and more. (Twelve digits in the
  /// CNN: as many rows as the tile of a dense layer has.)
  private static final int CACHED_FLOATS = 150 << 10;

  /// Samples of a part are a multiple of this, if so many fit: a dense layer takes four rows at once.
  private static final int TILE = 4;

  /// Samples that go through the layers together at most, where even one does not fit the cache.
  private static final int MOST_SAMPLES = 16;

  /// Multiplications of a call that the calling thread does alone: some 50 µs of work. To share out each
  /// layer takes longer, the more so if another thread has to be woken.
  private static final long ALONE = 1 << 22;

  private final Program program;
  private final Session together;
  private final Session[] each;
  private final Parallel.Task part = this::part;

  /// The call at hand.
  private float[] inputs;

  private float[] logits;
  private int samples;
  private int partSamples;

  Crew(Program program, KernelSet set, int threads) {
    this.program = program;
    this.together = new Session(program, Kernels.create(set, threads));
    this.each = new Session[threads];
    for (int thread = 0; thread < threads; thread++) {
      each[thread] = threads == 1 ? together : new Session(program, Kernels.create(set, 1));
    }
  }

  Kernels kernels() {
    return together.kernels();
  }

  void run(float[] inputs, int samples, float[] logits) {
    if (samples * program.products() <= ALONE) {
      each[0].run(inputs, 0, samples, logits);
      return;
    }
    int cached = CACHED_FLOATS / program.largestBuffer();
    if (samples >= 2 * each.length && cached > 0) {
      this.inputs = inputs;
      this.logits = logits;
      this.samples = samples;
      int whole = cached < TILE ? cached : cached / TILE * TILE;
      this.partSamples = Math.min(whole, Math.ceilDiv(samples, each.length));
      parts(Math.ceilDiv(samples, partSamples));
      return;
    }
    for (int first = 0; first < samples; first += MOST_SAMPLES) {
      together.run(inputs, first, Math.min(MOST_SAMPLES, samples - first), logits);
    }
  }

  private void parts(int count) {
    if (each.length > 1) {
      kernels().parallel().run(count, part);
      return;
    }
    for (int index = 0; index < count; index++) {
      part(index, 0);
    }
  }

  private void part(int index, int worker) {
    int first = index * partSamples;
    each[worker].run(inputs, first, Math.min(partSamples, samples - first), logits);
  }

  @Override
  public void close() {
    together.kernels().close();
  }
}
