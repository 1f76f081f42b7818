package legible.train;

import java.util.List;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.kernel.Updates;

/// Adam, with L2 regularisation or (as AdamW) with decoupled weight decay.
///
/// ```
///  g ← gradient                 + decay·w            (Adam)
///  m ← β₁·m + (1-β₁)·g          v ← β₂·v + (1-β₂)·g²
///  w ← w·(1 - learningRate·decay)                    (AdamW)
///  w ← w - learningRate·(m/(1-β₁ᵗ)) / (√(v/(1-β₂ᵗ)) + ε)
/// ```
///
/// The decay applies to weights only, not to biases and scales of normalisations.
///
/// Source: Kingma & Ba 2015, algorithm 1; Loshchilov & Hutter 2019, algorithm 2.
///
/// @param beta1 β₁, in [0, 1)
/// @param beta2 β₂, in [0, 1)
/// @param epsilon ε, > 0
/// @param decay >= 0
/// @param decoupled whether the decay bypasses the moments (AdamW)
public record Adam(float beta1, float beta2, float epsilon, float decay, boolean decoupled)
    implements Optimizer {
  public Adam {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
      throw new IllegalArgumentException(
          "Adam: betas in [0, 1), epsilon > 0 and decay >= 0 expected, got %s, %s, %s, %s"
              .formatted(beta1, beta2, epsilon, decay));
    }
  }

  /// Adam with the settings of the paper: β₁ 0.9, β₂ 0.999, ε 1e-8, no decay.
  public static Adam standard() {
    return new Adam(0.9f, 0.999f, 1e-8f, 0f, false);
  }

  /// AdamW with the settings of the paper and this decay.
  public static Adam decoupled(float decay) {
    return new Adam(0.9f, 0.999f, 1e-8f, decay, true);
  }

  @Override
  public List<String> slots() {
    return List.of("m", "v");
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
    float applied = parameter.role() == Role.WEIGHT ? decay : 0f;
    double correction1 = 1 - StrictMath.pow(beta1, (double) step);
    double correction2 = 1 - StrictMath.pow(beta2, (double) step);
    updates.adam(
        gradient.length,
        parameter.value().data(),
        gradient,
        slots.get(0),
        slots.get(1),
        gradientScale,
        decoupled ? 0f : applied,
        decoupled ? (float) (1 - learningRate * applied) : 1f,
        (float) (learningRate / correction1),
        beta1,
        beta2,
        (float) (1 / StrictMath.sqrt(correction2)),
        epsilon);
  }

  @Override
  public String text() {
    return (decoupled ? "adamw " : "adam ") + beta1 + " " + beta2 + " " + epsilon + " " + decay;
  }
}
