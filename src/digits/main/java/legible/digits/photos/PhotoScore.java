package legible.digits.photos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import legible.digits.decision.ReadRates;

/// How many photographs of one kind are read right.
///
/// @param kind of picture
/// @param answers one for each picture
public record PhotoScore(String kind, List<Answer> answers) {
  /// What was read in one picture.
  ///
  /// @param photo the picture
  /// @param digits what was read; empty if nothing
  /// @param confidence in it, in [0, 1]
  public record Answer(Photo photo, String digits, float confidence) {
    /// Whether all digits are right.
    public boolean right() {
      return digits.equals(photo.label());
    }
  }

  public PhotoScore {
    answers = List.copyOf(answers);
  }

  /// The scores of each kind, in the order in which the kinds come.
  public static List<PhotoScore> byKind(List<Answer> answers) {
    List<PhotoScore> scores = new ArrayList<>();
    answers.stream()
        .map(a -> a.photo().kind())
        .distinct()
        .forEach(
            kind ->
                scores.add(
                    new PhotoScore(
                        kind,
                        answers.stream().filter(a -> a.photo().kind().equals(kind)).toList())));
    return scores;
  }

  /// The number of pictures read right.
  public int right() {
    return (int) answers.stream().filter(Answer::right).count();
  }

  /// The share of pictures read right.
  public double accuracy() {
    return (double) right() / answers.size();
  }

  /// The answers in the order of their confidence.
  public List<Answer> surestFirst() {
    return answers.stream().sorted(Comparator.comparingDouble(a -> -a.confidence())).toList();
  }

  /// What becomes of the answers when the less sure ones are refused.
  public ReadRates rates() {
    float[] confidences = new float[answers.size()];
    boolean[] right = new boolean[answers.size()];
    for (int i = 0; i < right.length; i++) {
      confidences[i] = answers.get(i).confidence();
      right[i] = answers.get(i).right();
    }
    return ReadRates.of(confidences, right);
  }

  /// The largest share of pictures that could be answered, surest first, while at most this part of
  /// the answers is wrong.
  ///
  /// @param misread the part, such as 0.01
  public double readRate(double misread) {
    ReadRates rates = rates();
    return rates.readRate(rates.threshold(misread));
  }
}
