package legible.infer;

import java.util.IdentityHashMap;
import java.util.List;
import legible.autograd.Pass;
import legible.autograd.Trace;
import legible.autograd.Weights;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// A model as the operations that the product computes, see [Folding].
///
/// @param input one sample, without values
/// @param lines in the order of computation; parameters have their values, nothing else has
/// @param output the logits, without values
record FoldedNetwork(Tensor input, List<FoldedLine> lines, Tensor output) {
  FoldedNetwork {
    lines = List.copyOf(lines);
  }

  /// Writes down what a model computes, and folds it.
  ///
  /// @throws legible.tensor.ShapeException if the layers do not fit together
  static FoldedNetwork of(Architecture architecture, Weights weights, Kernels kernels) {
    Trace trace = new Trace(new Workspace(kernels), weights);
    Tensor x = Tensor.withoutValues(architecture.input().batchOf(1));
    Tensor y = architecture.forward(trace, x);
    return new FoldedNetwork(x, Folding.fold(trace.lines()), y);
  }

  /// The same with all weights scaled.
  FoldedNetwork scaled() {
    return new FoldedNetwork(
        input, lines.stream().map(FoldedLine::scaled).map(FoldedLine::new).toList(), output);
  }

  /// Applies the operations of a [#scaled] network to a batch within a walk, such as a tape.
  ///
  /// @param x `[N, input...]`
  /// @return the logits, `[N, classes]`
  Tensor forward(Pass pass, Tensor x) {
    IdentityHashMap<Tensor, Tensor> values = new IdentityHashMap<>();
    values.put(input, x);
    for (FoldedLine line : lines) {
      Tensor[] in = line.in().stream().map(t -> values.getOrDefault(t, t)).toArray(Tensor[]::new);
      values.put(line.out(), pass.apply(line.op(), in).y());
    }
    return values.get(output);
  }
}
