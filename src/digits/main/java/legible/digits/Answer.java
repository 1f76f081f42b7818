package legible.digits;

/// What a network says to one picture.
///
/// @param logits one for each class
/// @param probabilities the softmax of the logits divided by the model's temperature
public record Answer(float[] logits, float[] probabilities) {
  /// The most probable class, the first of equals.
  public int digit() {
    int digit = 0;
    for (int k = 1; k < probabilities.length; k++) {
      digit = probabilities[k] > probabilities[digit] ? k : digit;
    }
    return digit;
  }

  /// The probability of that class, in [0, 1].
  public float probability() {
    return probabilities[digit()];
  }
}
