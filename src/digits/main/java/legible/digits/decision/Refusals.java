package legible.digits.decision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import legible.digits.augment.stranger.StrangerPictures;
import legible.digits.augment.stranger.Strangers;
import legible.digits.idx.LabelledImages;
import legible.train.Dataset;
import legible.train.Evaluation;

/// What a model reads, misreads and refuses, by the share of misread answers that its user would bear.
///
/// @param rates of the digits
/// @param strangers answers to pictures of no digit, by their kind; the labels mean nothing
/// @param calibration the model's
public record Refusals(
    ReadRates rates, SequencedMap<String, ReadRates> strangers, Calibration calibration) {
  /// The wanted shares of wrong answers that tables show.
  public static final List<Double> WANTED = List.of(0.01, 0.001, 0.0001);

  /// Strangers of each kind, if there are as many digits.
  private static final int STRANGERS = 2000;

  private static final long SEED = 20_170_806;

  /// Asks a model about digits and about strangers.
  ///
  /// @param digits the pictures of digits, which also are what pairs of digits are made of
  /// @param answers the network's own answers to the digits
  /// @param others more pictures of no digit, by the name of their kind
  /// @param network asks the network about a data set
  public static Refusals of(
      Calibration calibration,
      LabelledImages digits,
      Evaluation answers,
      Map<String, Dataset> others,
      int threads,
      Function<Dataset, Evaluation> network) {
    SequencedMap<String, ReadRates> strangers = new LinkedHashMap<>();
    others.forEach(
        (kind, pictures) ->
            strangers.put(kind, ReadRates.of(calibration.apply(network.apply(pictures)))));
    int count = Math.min(STRANGERS, digits.size());
    for (Strangers.Kind kind : Strangers.MEASURED) {
      Dataset pictures = new StrangerPictures(kind, digits, count, SEED, threads);
      Evaluation asked = calibration.apply(network.apply(pictures));
      strangers.put(kind.title(), ReadRates.of(asked));
    }
    return new Refusals(ReadRates.of(calibration.apply(answers)), strangers, calibration);
  }

  /// One line of the table.
  ///
  /// @param wanted the share of wrong answers among the answers given
  /// @param threshold the least probability of an answer
  /// @param readRate share of digits that are answered
  /// @param misreadRate share of wrong ones among these answers
  /// @param refused share of strangers that are refused, by their kind
  public record Row(
      double wanted,
      float threshold,
      double readRate,
      double misreadRate,
      SequencedMap<String, Double> refused) {}

  /// The table, for the shares that the model has a threshold for.
  public List<Row> rows() {
    return WANTED.stream()
        .filter(wanted -> calibration.threshold(wanted).isPresent())
        .map(wanted -> row(wanted, calibration.threshold(wanted).get()))
        .toList();
  }

  private Row row(double wanted, float threshold) {
    SequencedMap<String, Double> refused = new LinkedHashMap<>();
    strangers.forEach((kind, answers) -> refused.put(kind, 1 - answers.readRate(threshold)));
    return new Row(
        wanted, threshold, rates.readRate(threshold), rates.misreadRate(threshold), refused);
  }
}
