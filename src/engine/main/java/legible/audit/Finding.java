package legible.audit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the audit found out about one case.
///
/// @param subject the operation or the family of kernels
/// @param name what of it: an operation's settings, a kernel's method
/// @param shapes of the inputs
/// @param forward the float results against their double definition
/// @param gradients the float gradients against central differences; none for kernels
/// @param twins in what the scalar and the vector kernels differ, on one thread and on more
/// @param threads in what one thread and more differ, with both twins
/// @param inputs which input was changed
/// @param sums which sum was set instead of added to
/// @param hasSums whether there is a sum at all
public record Finding(
    String subject,
    String name,
    String shapes,
    Accuracy forward,
    List<GradientError> gradients,
    Optional<String> twins,
    Optional<String> threads,
    Optional<String> inputs,
    Optional<String> sums,
    boolean hasSums) {

  /// The worst relative error of a gradient; empty without gradients.
  public Optional<GradientError> worstGradient() {
    return gradients.stream().max(Comparator.comparingDouble(GradientError::relative));
  }

  /// What is wrong, a sentence each; nothing if all is right.
  public List<String> faults() {
    Stream<String> bound =
        forward.isWithinBound()
            ? Stream.of()
            : Stream.of("the output is off by %.3g of its bound".formatted(forward.share()));
    Stream<String> wrong =
        gradients.stream()
            .filter(gradient -> !gradient.isSmall())
            .map(g -> "a gradient is off by %.3g: %s".formatted(g.relative(), g.worst()));
    return Stream.of(
            bound,
            wrong,
            twins.stream().map(text -> "scalar and vector kernels differ: " + text),
            threads.stream().map(text -> "one thread and more differ: " + text),
            inputs.stream().map(text -> "an input was changed: " + text),
            sums.stream().map(text -> "a sum was not added to: " + text))
        .flatMap(text -> text)
        .toList();
  }

  /// Whether nothing is wrong.
  public boolean passed() {
    return faults().isEmpty();
  }
}
