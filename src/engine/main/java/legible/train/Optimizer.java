package legible.train;

import java.util.List;
import legible.autograd.Parameter;
import legible.kernel.Updates;

/// How a gradient changes a parameter. A record of settings; what it remembers from step to step
/// lives in [OptimizerState], one tensor per slot and parameter.
public sealed interface Optimizer permits Adam, Sgd {
  /// The names of the tensors that are remembered for each parameter.
  List<String> slots();

  /// Changes one parameter in place.
  ///
  /// @param updates the kernels
  /// @param step 1-based count of updates, this one included
  /// @param learningRate of this step
  /// @param gradientScale a factor for the gradient, 1 unless it is clipped
  /// @param parameter what is changed
  /// @param gradient of the loss with respect to the parameter, not modified
  /// @param slots the remembered tensors in the order of [#slots], modified
  void update(
      Updates updates,
      long step,
      double learningRate,
      float gradientScale,
      Parameter parameter,
      float[] gradient,
      List<float[]> slots);

  /// The optimizer in one line, for provenance; [#parse] is the way back.
  String text();

  /// The optimizer that [#text] wrote.
  ///
  /// @throws IllegalArgumentException if it is none
  static Optimizer parse(String text) {
    String[] words = text.split(" ", -1);
    try {
      return switch (words[0] + " " + (words.length - 1)) {
        case "sgd 3" ->
            new Sgd(
                Float.parseFloat(words[1]),
                Boolean.parseBoolean(words[2]),
                Float.parseFloat(words[3]));
        case "adam 4", "adamw 4" ->
            new Adam(
                Float.parseFloat(words[1]),
                Float.parseFloat(words[2]),
                Float.parseFloat(words[3]),
                Float.parseFloat(words[4]),
                words[0].equals("adamw"));
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Optimizer: 'sgd MOMENTUM NESTEROV DECAY' or 'adam|adamw BETA1 BETA2 EPSILON DECAY'"
              + " expected, got '"
              + text
              + "'",
          e);
    }
  }
}
