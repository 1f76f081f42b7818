package legible.digits.corrupt;

import java.util.Arrays;
import java.util.stream.IntStream;
import legible.digits.idx.LabelledImages;
import legible.kernel.Kernels;
import legible.model.Model;
import legible.tensor.Workspace;
import legible.train.Evaluation;

/// How well a model reads corrupted pictures.
///
/// @param images the number of pictures, each of which was corrupted in every way
/// @param accuracy by corruption, in the order of [Corruptions#ALL], and severity - 1
public record CorruptionTable(int images, double[][] accuracy) {
  /// Fixed, so that everybody measures the same pictures.
  private static final long SEED = 1906_02337;

  /// Measures a model.
  ///
  /// @param progress told how many of all pictures, 75 for each, are done
  public static CorruptionTable of(
      Model model, LabelledImages images, Kernels kernels, Evaluation.Progress progress) {
    Workspace workspace = new Workspace(kernels);
    int kinds = Corruptions.ALL.size();
    int severities = Corruptions.STRENGTHS.size();
    int total = kinds * severities * images.size();
    double[][] accuracy = new double[kinds][severities];
    for (int kind = 0; kind < kinds; kind++) {
      for (int severity = 0; severity < severities; severity++) {
        CorruptedDigits set =
            new CorruptedDigits(
                images,
                Corruptions.ALL.get(kind),
                Corruptions.STRENGTHS.get(severity),
                SEED,
                kernels.parallel().threads());
        int before = (kind * severities + severity) * images.size();
        accuracy[kind][severity] =
            Evaluation.of(
                    model.architecture(),
                    model.weights(),
                    set,
                    workspace,
                    (done, all) -> progress.evaluated(before + done, total))
                .accuracy();
      }
    }
    return new CorruptionTable(images.size(), accuracy);
  }

  /// The mean over severities of one corruption.
  public double mean(int kind) {
    return Arrays.stream(accuracy[kind]).average().orElseThrow();
  }

  /// The mean over all corruptions and severities.
  public double mean() {
    return IntStream.range(0, accuracy.length).mapToDouble(this::mean).average().orElseThrow();
  }

  /// The mean over all corruptions of one severity.
  ///
  /// @param severity 1 to 5
  public double atSeverity(int severity) {
    return Arrays.stream(accuracy).mapToDouble(row -> row[severity - 1]).average().orElseThrow();
  }
}
