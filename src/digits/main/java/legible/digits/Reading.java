package legible.digits;

import java.util.List;
import legible.digits.image.Step;

/// A picture that was read, and all that led to the answer.
///
/// @param steps from the picture to what the network read, which is the last one's result
/// @param answer what the network said
public record Reading(List<Step> steps, Answer answer) {
  public Reading {
    steps = List.copyOf(steps);
  }

  /// What the network read: 784 values in [0, 1], ink bright.
  public float[] pixels() {
    return steps.getLast().result().values();
  }
}
