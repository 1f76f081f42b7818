package legible.bench.compare;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import legible.bench.protocol.Job;
import legible.kernel.Parallel;

/// As many fused multiply-adds as the machine can do: chains in registers, no memory. Chains run through
/// the sum, as in the kernels: through a factor, the compiler would copy a register for each step.
public final class FmaCeiling implements Job {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /// Chains beside each other: two units with a latency of four cycles need eight, and some more where a
  /// core is shared.
  private static final int CHAINS = 12;

  private static final int STEPS = 100_000;

  private final Parallel parallel;
  private final float[] sums;

  /// Chains on some threads at once.
  public FmaCeiling(int threads) {
    parallel = new Parallel(threads);
    sums = new float[threads];
  }

  @Override
  public void run() {
    parallel.run(sums.length, (task, worker) -> sums[task] = chains());
  }

  private static float chains() {
    FloatVector factor = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector term = FloatVector.broadcast(SPECIES, 0.001f);
    FloatVector c0 = term;
    FloatVector c1 = term;
    FloatVector c2 = term;
    FloatVector c3 = term;
    FloatVector c4 = term;
    FloatVector c5 = term;
    FloatVector c6 = term;
    FloatVector c7 = term;
    FloatVector c8 = term;
    FloatVector c9 = term;
    FloatVector c10 = term;
    FloatVector c11 = term;
    for (int i = 0; i < STEPS; i++) {
      c0 = factor.fma(term, c0);
      c1 = factor.fma(term, c1);
      c2 = factor.fma(term, c2);
      c3 = factor.fma(term, c3);
      c4 = factor.fma(term, c4);
      c5 = factor.fma(term, c5);
      c6 = factor.fma(term, c6);
      c7 = factor.fma(term, c7);
      c8 = factor.fma(term, c8);
      c9 = factor.fma(term, c9);
      c10 = factor.fma(term, c10);
      c11 = factor.fma(term, c11);
    }
    FloatVector sum = c0.add(c1).add(c2).add(c3).add(c4);
    return sum.add(c5).add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
  }

  @Override
  public double check() {
    return Double.NaN;
  }

  @Override
  public double operations() {
    return 2.0 * CHAINS * STEPS * SPECIES.length() * sums.length;
  }

  @Override
  public void close() {
    parallel.close();
  }
}
