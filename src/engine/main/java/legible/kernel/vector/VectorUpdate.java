package legible.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import legible.kernel.loops.UpdateLoops;
import legible.kernel.scalar.ScalarUpdate;

/// [UpdateLoops] on `jdk.incubator.vector`. Tails shorter than a vector are left to the scalar twin.
final class VectorUpdate implements UpdateLoops {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final ScalarUpdate tail = new ScalarUpdate();

  @Override
  public void sgd(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] velocity,
      float gradientScale,
      float learningRate,
      float momentum,
      boolean nesterov,
      float l2) {
    FloatVector decays = FloatVector.broadcast(SPECIES, l2);
    FloatVector momenta = FloatVector.broadcast(SPECIES, momentum);
    FloatVector rates = FloatVector.broadcast(SPECIES, -learningRate);
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += LANES) {
      FloatVector weights = load(w, i);
      FloatVector gradient = decays.fma(weights, load(g, i).mul(gradientScale));
      FloatVector next = normal(momenta.fma(load(velocity, i), gradient));
      next.intoArray(velocity, i);
      FloatVector step = nesterov ? momenta.fma(next, gradient) : next;
      rates.fma(step, weights).intoArray(w, i);
    }
    tail.sgd(end, to, w, g, velocity, gradientScale, learningRate, momentum, nesterov, l2);
  }

  @Override
  public void adam(
      int from,
      int to,
      float[] w,
      float[] g,
      float[] m,
      float[] v,
      float gradientScale,
      float l2,
      float keep,
      float stepSize,
      float beta1,
      float beta2,
      float invSqrtCorrection2,
      float epsilon) {
    FloatVector decays = FloatVector.broadcast(SPECIES, l2);
    FloatVector share1 = FloatVector.broadcast(SPECIES, 1 - beta1);
    FloatVector share2 = FloatVector.broadcast(SPECIES, 1 - beta2);
    FloatVector correction = FloatVector.broadcast(SPECIES, invSqrtCorrection2);
    FloatVector epsilons = FloatVector.broadcast(SPECIES, epsilon);
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += LANES) {
      FloatVector weights = load(w, i);
      FloatVector gradient = decays.fma(weights, load(g, i).mul(gradientScale));
      FloatVector oldFirst = load(m, i);
      FloatVector first = normal(share1.fma(gradient.sub(oldFirst), oldFirst));
      FloatVector oldSecond = load(v, i);
      FloatVector second = normal(share2.fma(gradient.mul(gradient).sub(oldSecond), oldSecond));
      first.intoArray(m, i);
      second.intoArray(v, i);
      FloatVector root = second.sqrt().fma(correction, epsilons);
      weights.mul(keep).sub(first.mul(stepSize).div(root)).intoArray(w, i);
    }
    tail.adam(
        end,
        to,
        w,
        g,
        m,
        v,
        gradientScale,
        l2,
        keep,
        stepSize,
        beta1,
        beta2,
        invSqrtCorrection2,
        epsilon);
  }

  @Override
  public void movingAverage(int from, int to, float[] w, float[] average, float share) {
    FloatVector shares = FloatVector.broadcast(SPECIES, share);
    int end = from + SPECIES.loopBound(to - from);
    for (int i = from; i < end; i += LANES) {
      FloatVector old = load(average, i);
      shares.fma(load(w, i).sub(old), old).intoArray(average, i);
    }
    tail.movingAverage(end, to, w, average, share);
  }

  /// x, or 0 where it is subnormal.
  private static FloatVector normal(FloatVector x) {
    return x.blend(0f, x.abs().compare(VectorOperators.LT, Float.MIN_NORMAL));
  }

  private static FloatVector load(float[] array, int index) {
    return FloatVector.fromArray(SPECIES, array, index);
  }
}
