package legible.train;

import java.util.List;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.kernel.Updates;

/// Stochastic gradient descent with momentum.
///
/// ```
///  g ← gradient + decay·w      v ← momentum·v + g
///  w ← w - learningRate·(nesterov ? g + momentum·v : v)
/// ```
///
/// The decay applies to weights only, not to biases and scales of normalisations.
///
/// Source: Polyak 1964; Sutskever et al. 2013 for Nesterov's form as written here.
///
/// @param momentum in [0, 1); 0 is plain descent
/// @param nesterov whether the step looks ahead
/// @param decay L2 factor, >= 0
public record Sgd(float momentum, boolean nesterov, float decay) implements Optimizer {
  public Sgd {
    if (!(momentum >= 0 && momentum < 1) || !(decay >= 0)) {
      throw new IllegalArgumentException(
          "Sgd: momentum in [0, 1) and decay >= 0 expected, got %s and %s"
              .formatted(momentum, decay));
    }
  }

  @Override
  public List<String> slots() {
    return List.of("velocity");
  }

  @Override
  public void update(
      Updates updates,
      long step,
      double learningRate,
      float gradientScale,
      Parameter parameter,
      float[] gradient,
      List<float[]> slots) {
    updates.sgd(
        gradient.length,
        parameter.value().data(),
        gradient,
        slots.get(0),
        gradientScale,
        (float) learningRate,
        momentum,
        nesterov,
        parameter.role() == Role.WEIGHT ? decay : 0f);
  }

  @Override
  public String text() {
    return "sgd " + momentum + " " + nesterov + " " + decay;
  }
}
