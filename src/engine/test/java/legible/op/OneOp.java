package legible.op;

import java.util.List;
import java.util.stream.IntStream;
import legible.KernelVariant;
import legible.audit.GradientSink;
import legible.tensor.Tensor;

/// One operation run by itself on some kernels, without a tape.
final class OneOp {
  private OneOp() {}

  static Tensor forward(KernelVariant variant, Op<?> op, Tensor... in) {
    return variant.with(workspace -> op.forward(workspace, List.of(in)).y().copy());
  }

  /// The gradients of all inputs, from zero; those of constants stay zero.
  static List<Tensor> gradients(KernelVariant variant, Op<?> op, Tensor dy, Tensor... in) {
    return variant.with(
        workspace -> {
          List<Tensor> gradients = zeros(List.of(in));
          List<Integer> all = IntStream.range(0, in.length).boxed().toList();
          GradientSink.run(workspace, op, List.of(in), dy, new GradientSink(all, gradients));
          return gradients;
        });
  }

  static List<Tensor> zeros(List<Tensor> in) {
    return in.stream().map(x -> Tensor.zeros(x.shape())).toList();
  }
}
