package legible.infer;

import java.util.List;
import java.util.Optional;
import legible.autograd.Trace.Line;
import legible.kernel.Activation;
import legible.op.Add;
import legible.op.Conv2d;
import legible.op.Dense;
import legible.op.Op;
import legible.tensor.Tensor;

/// A line of a folded trace. Weights that a batch normalisation goes into are scaled only when they are
/// asked for: a large network would otherwise be in memory once more while it is made ready.
///
/// @param line the operation with weights as they were
/// @param scale what the weights of each output are multiplied by, empty for one by which they are
///     not
record FoldedLine(Line line, double[] scale) {
  private static final double[] NONE = {};

  FoldedLine(Line line) {
    this(line, NONE);
  }

  List<String> layers() {
    return line.layers();
  }

  Op<?> op() {
    return line.op();
  }

  List<Tensor> in() {
    return line.in();
  }

  Tensor out() {
    return line.out();
  }

  /// What the next line adds to the output of this one, if this is a convolution at whose end that can
  /// be done: before any activation, and with something else than it reads and than its own output.
  Optional<Tensor> addend(FoldedLine next) {
    if (!(op() instanceof Conv2d convolution)
        || convolution.activation() != Activation.NONE
        || !(next.op() instanceof Add)) {
      return Optional.empty();
    }
    Tensor left = next.in().get(0);
    Tensor right = next.in().get(1);
    Tensor other = left.sharesArrayWith(out()) ? right : left;
    boolean adds = left.sharesArrayWith(out()) != right.sharesArrayWith(out());
    return adds && in().stream().noneMatch(other::sharesArrayWith)
        ? Optional.of(other)
        : Optional.empty();
  }

  /// Products that one sample takes: each output value has one for each weight of its channel.
  long products() {
    if (!(op() instanceof Conv2d || op() instanceof Dense)) {
      return 0;
    }
    Tensor weight = in().get(1);
    int channels = in().get(2).size();
    return (long) weight.size() / channels * out().size();
  }

  /// The line with its weights scaled.
  Line scaled() {
    if (scale.length == 0) {
      return line;
    }
    float[] w = in().get(1).data();
    Tensor weight = Tensor.zeros(in().get(1).shape());
    for (int i = 0; i < w.length; i++) {
      weight.data()[i] = (float) (w[i] * scale[i % scale.length]);
    }
    return new Line(layers(), op(), List.of(in().get(0), weight, in().get(2)), out());
  }
}
