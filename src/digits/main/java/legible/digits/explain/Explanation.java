package legible.digits.explain;

import java.util.List;
import java.util.Optional;
import legible.digits.Reading;
import legible.format.ModelFile;
import legible.infer.Walk.Stage;
import legible.tensor.Tensor;

/// All that is to be said about one answer.
///
/// @param picture the picture's file
/// @param reading what was read, and the answer
/// @param modelFile the model's file
/// @param model the model
/// @param stages every step of the way with its values
/// @param arithmetic of the chosen output
/// @param saliency which pixels speak for the answer
public record Explanation(
    String picture,
    Reading reading,
    String modelFile,
    ModelFile model,
    List<Stage> stages,
    Arithmetic arithmetic,
    Saliency saliency) {
  public Explanation {
    stages = List.copyOf(stages);
  }

  /// The step of a name, or else the one that a layer of this name is folded into.
  public static Optional<Stage> stage(List<Stage> stages, String name) {
    return stages.stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .or(() -> stages.stream().filter(s -> s.layers().contains(name)).findFirst());
  }

  /// Where an input of a step comes from: the name of the last step before it that gave this value,
  /// or `input`.
  public String source(Stage stage, int input) {
    Tensor value = stage.in().get(input);
    return stages.subList(0, stages.indexOf(stage)).reversed().stream()
        .filter(s -> s.out().sharesArrayWith(value))
        .map(Stage::name)
        .findFirst()
        .orElse("input");
  }
}
