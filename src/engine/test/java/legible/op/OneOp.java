package legible.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import legible.KernelVariant;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// One operation run by itself, without a tape.
final class OneOp {
  private OneOp() {}

  static Tensor forward(KernelVariant variant, Op<?> op, Tensor... in) {
    return variant.with(workspace -> op.forward(workspace, List.of(in)).y().copy());
  }

  /// The gradients of all inputs, from zero; those of constants stay zero.
  static List<Tensor> gradients(KernelVariant variant, Op<?> op, Tensor dy, Tensor... in) {
    return variant.with(
        workspace -> {
          Sink sink =
              new Sink(List.of(in), IntStream.range(0, in.length).boxed().toList(), zeros());
          backward(workspace, op, List.of(in), dy, sink);
          return sink.gradients();
        });
  }

  /// The start of a gradient that nothing was added to yet.
  static Function<Tensor, Tensor> zeros() {
    return x -> Tensor.zeros(x.shape());
  }

  static <S extends Record> Op.Forward<S> backward(
      Workspace workspace, Op<S> op, List<Tensor> in, Tensor dy, Sink sink) {
    Op.Forward<S> forward = op.forward(workspace, in);
    op.backward(workspace, in, forward, dy, sink);
    return forward;
  }

  /// Gradients of the wanted inputs; the operation that computes another one fails.
  static final class Sink implements Op.Gradients {
    private final Set<Integer> wanted;
    private final List<Tensor> gradients = new ArrayList<>();

    Sink(List<Tensor> in, List<Integer> wanted, Function<Tensor, Tensor> start) {
      this.wanted = Set.copyOf(wanted);
      in.forEach(x -> gradients.add(start.apply(x)));
    }

    @Override
    public boolean wants(int input) {
      return wanted.contains(input);
    }

    @Override
    public Tensor of(int input) {
      if (!wants(input)) {
        throw new AssertionError("nobody wants the gradient of input " + input);
      }
      return gradients.get(input);
    }

    List<Tensor> gradients() {
      return gradients;
    }
  }
}
