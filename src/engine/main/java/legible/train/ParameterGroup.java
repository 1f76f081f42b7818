package legible.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Parameters that learn at a rate of their own, such as a new head on a trained body.
///
/// @param prefix what their names begin with, without spaces
/// @param learningRateFactor what the schedule's learning rate is multiplied by, > 0 and finite
public record ParameterGroup(String prefix, double learningRateFactor) {
  public ParameterGroup {
    if (!TrainingPlan.isPrefix(prefix)
        || !(learningRateFactor > 0 && learningRateFactor <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "ParameterGroup: a prefix of printable ASCII without spaces and a factor > 0 expected,"
              + " got '%s' and %s".formatted(prefix, learningRateFactor));
    }
  }

  /// Whether a parameter of this name belongs to the group.
  public boolean contains(String parameter) {
    return parameter.startsWith(prefix);
  }

  /// Prefixes and factors in turn; [#parse] is the way back.
  static String text(List<ParameterGroup> groups) {
    return groups.stream()
        .map(g -> g.prefix() + " " + g.learningRateFactor())
        .collect(Collectors.joining(" "));
  }

  /// The groups that [#text] wrote.
  ///
  /// @throws IllegalArgumentException if they are none
  static List<ParameterGroup> parse(String text) {
    String[] words = text.split(" ", -1);
    if (words.length % 2 != 0) {
      throw new IllegalArgumentException(
          "ParameterGroup: 'PREFIX FACTOR ...' expected, got '" + text + "'");
    }
    List<ParameterGroup> groups = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      groups.add(new ParameterGroup(words[i], Double.parseDouble(words[i + 1])));
    }
    return groups;
  }
}
