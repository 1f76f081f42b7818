package legible.digits.audit;

import java.util.List;
import java.util.OptionalDouble;
import legible.audit.Accuracy;
import legible.audit.Finding;

/// The worst of some findings.
///
/// @param accuracy of the forward results
/// @param gradient the largest relative error of a gradient; empty if none was compared
/// @param passed whether nothing is wrong in any
public record Worst(Accuracy accuracy, OptionalDouble gradient, boolean passed) {
  /// The worst of one subject's findings.
  public static Worst of(List<Finding> findings) {
    return new Worst(
        findings.stream().map(Finding::forward).reduce(Accuracy.EXACT, Accuracy::or),
        findings.stream()
            .flatMap(f -> f.worstGradient().stream())
            .mapToDouble(g -> g.relative())
            .max(),
        findings.stream().allMatch(Finding::passed));
  }
}
