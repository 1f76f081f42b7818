package legible.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import legible.autograd.Trace.Line;
import legible.kernel.Activation;
import legible.op.Add;
import legible.op.Conv2d;
import legible.op.Dense;
import legible.op.FixedBatchNorm;
import legible.op.MaxPool2d;
import legible.op.Op;
import legible.op.Relu;
import legible.tensor.Tensor;

/// Makes fewer operations of a trace: a batch normalisation with fixed statistics goes into the
/// weights of the convolution or dense layer before it, a ReLU into the operation before it. Only past
/// a maximum it goes to the other side, where fewer values are left: both are monotone, so neither
/// the order nor a NaN matters to the result.
///
/// ```
///  s[o] = γ[o] / √(var[o] + ε)        w'[..,o] = w[..,o]·s[o]        b'[o] = (b[o] - mean[o])·s[o] + β[o]
/// ```
///
/// s, w' and b' are computed in double precision and rounded once. So a folded model rounds otherwise
/// than the layers one by one: its logits are within some ULP of theirs, and they are the ones that
/// count (see [Predictor]).
final class Folding {
  private final List<FoldedLine> lines = new ArrayList<>();

  private Folding() {}

  /// The same computation in fewer lines.
  static List<FoldedLine> fold(List<Line> trace) {
    Folding folding = new Folding();
    trace.forEach(line -> folding.add(line, trace));
    return folding.lines;
  }

  private void add(Line line, List<Line> trace) {
    int index = producer(line.in().get(0));
    FoldedLine before = index < 0 ? null : lines.get(index);
    boolean alone = before != null && uses(before.out(), trace) == 1;
    if (alone && line.op() instanceof FixedBatchNorm norm && isLinear(before.op())) {
      lines.set(index, normalized(before.scaled(), norm, line));
    } else if (alone && line.op() instanceof Relu && withRelu(before.op()) != null) {
      List<String> both = layers(before.line(), line);
      Line rectified = new Line(both, withRelu(before.op()), before.in(), line.out());
      lines.set(index, new FoldedLine(rectified, before.scale()));
    } else if (alone && line.op() instanceof MaxPool2d && withoutRelu(before.op()) != null) {
      exchange(index, line, trace);
    } else {
      lines.add(new FoldedLine(line));
    }
  }

  /// Puts the ReLU at the end of a line behind the maximum that follows.
  private void exchange(int index, Line pool, List<Line> trace) {
    FoldedLine before = lines.get(index);
    List<String> relu = List.of(before.layers().getLast());
    boolean isLayer =
        trace.stream().anyMatch(l -> l.op() instanceof Relu && l.layers().equals(relu));
    List<String> kept =
        isLayer ? before.layers().subList(0, before.layers().size() - 1) : before.layers();
    Line linear = new Line(kept, withoutRelu(before.op()), before.in(), before.out());
    lines.set(index, new FoldedLine(linear, before.scale()));
    Tensor largest = Tensor.withoutValues(pool.out().shape());
    lines.add(new FoldedLine(new Line(pool.layers(), pool.op(), pool.in(), largest)));
    lines.add(new FoldedLine(new Line(relu, new Relu(), List.of(largest), pool.out())));
  }

  private static List<String> layers(Line first, Line second) {
    return Stream.of(first, second).flatMap(l -> l.layers().stream()).toList();
  }

  /// The index of the line that computes a value, or -1 if it is an input or a parameter.
  private int producer(Tensor value) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).out().sharesArrayWith(value)) {
        return i;
      }
    }
    return -1;
  }

  private static long uses(Tensor value, List<Line> trace) {
    return trace.stream().flatMap(l -> l.in().stream()).filter(value::sharesArrayWith).count();
  }

  private static boolean isLinear(Op<?> op) {
    return switch (op) {
      case Conv2d conv -> conv.activation() == Activation.NONE;
      case Dense dense -> dense.activation() == Activation.NONE;
      default -> false;
    };
  }

  /// The operation with a ReLU at its end, or null if it has no room for one.
  private static Op<?> withRelu(Op<?> op) {
    return switch (op) {
      case Conv2d conv when conv.activation() == Activation.NONE ->
          new Conv2d(conv.stride(), conv.padding(), Activation.RELU);
      case Dense dense when dense.activation() == Activation.NONE -> new Dense(Activation.RELU);
      case Add add when add.activation() == Activation.NONE -> new Add(Activation.RELU);
      default -> null;
    };
  }

  /// A convolution that ends with a ReLU without it, or null for everything else.
  private static Op<?> withoutRelu(Op<?> op) {
    return op instanceof Conv2d conv && conv.activation() == Activation.RELU
        ? new Conv2d(conv.stride(), conv.padding(), Activation.NONE)
        : null;
  }

  private static FoldedLine normalized(Line linear, FixedBatchNorm norm, Line line) {
    Tensor gamma = line.in().get(1);
    Tensor beta = line.in().get(2);
    Tensor mean = line.in().get(3);
    Tensor variance = line.in().get(4);
    Tensor weight = linear.in().get(1);
    Tensor bias = linear.in().get(2).copy();
    double[] scale = new double[bias.size()];
    for (int o = 0; o < scale.length; o++) {
      scale[o] = gamma.data()[o] / Math.sqrt((double) variance.data()[o] + (double) norm.epsilon());
      bias.data()[o] =
          (float) (((double) bias.data()[o] - mean.data()[o]) * scale[o] + beta.data()[o]);
    }
    Op<?> op =
        switch (linear.op()) {
          case Conv2d conv -> new Conv2d(conv.stride(), conv.padding(), norm.activation());
          case Dense dense -> new Dense(norm.activation());
          default -> throw new AssertionError("bug in Legible: not linear: " + linear.op());
        };
    List<Tensor> in = List.of(linear.in().get(0), weight, bias);
    return new FoldedLine(new Line(layers(linear, line), op, in, line.out()), scale);
  }
}
