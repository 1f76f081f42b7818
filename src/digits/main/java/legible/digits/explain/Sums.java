package legible.digits.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legible.digits.explain.Arithmetic.Kind;
import legible.digits.explain.Arithmetic.Operand;
import legible.digits.explain.Arithmetic.Term;
import legible.infer.Walk.Stage;
import legible.kernel.Activation;
import legible.kernel.Window;
import legible.op.Add;
import legible.op.AveragePool2d;
import legible.op.BatchNorm;
import legible.op.Conv2d;
import legible.op.Dense;
import legible.op.FixedBatchNorm;
import legible.op.GlobalAveragePool;
import legible.op.MaxPool2d;
import legible.op.Relu;
import legible.op.Reshape;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// The terms of one output, each operation by the formula and in the order that its documentation
/// gives. None of the kernels' loops is used.
final class Sums {
  private final List<Term> terms = new ArrayList<>();
  private float total;

  private Sums() {}

  static List<Term> of(Stage stage, List<Integer> at) {
    Sums sums = new Sums();
    List<Tensor> in = stage.in();
    Tensor x = in.getFirst();
    switch (stage.op()) {
      case Conv2d op -> sums.convolution(op, in, at);
      case Dense op -> sums.dense(op, in, at);
      case MaxPool2d op -> sums.window(op.window(x.shape()), x, at, Kind.LARGEST);
      case AveragePool2d op -> sums.window(op.window(x.shape()), x, at, Kind.SUM);
      case GlobalAveragePool op ->
          sums.window(
              GlobalAveragePool.window(x.shape()), x, List.of(0, 0, at.getLast()), Kind.SUM);
      case FixedBatchNorm op -> sums.normalization(op, in, at);
      case Add op -> {
        sums.start(value("a", x, at));
        sums.add(value("b", in.get(1), at));
        sums.activation(op.activation());
      }
      case Relu op -> {
        sums.start(value("x", x, at));
        sums.activation(Activation.RELU);
      }
      case Reshape op -> sums.start(value("x", x, unravel(stage, at)));
      default -> throw new AssertionError("bug in Legible: no arithmetic for " + stage.op());
    }
    return sums.terms;
  }

  /// The same element's place before its tensor took another shape.
  private static List<Integer> unravel(Stage stage, List<Integer> at) {
    int index = Arithmetic.index(stage.out().shape().withoutFirst(), at);
    Shape shape = stage.in().getFirst().shape();
    Integer[] place = new Integer[shape.rank() - 1];
    for (int axis = place.length - 1; axis >= 0; axis--) {
      place[axis] = index % shape.dimension(axis + 1);
      index /= shape.dimension(axis + 1);
    }
    return List.of(place);
  }

  private void convolution(Conv2d op, List<Tensor> in, List<Integer> at) {
    Tensor x = in.get(0);
    Tensor w = in.get(1);
    int o = at.get(2);
    start(parameter("b", in.get(2), o));
    taps(
        op.window(x.shape(), w.shape()),
        at,
        (kh, kw, row, column) -> {
          for (int c = 0; c < x.shape().dimension(3); c++) {
            product(value("x", x, List.of(row, column, c)), parameter("w", w, kh, kw, c, o));
          }
        });
    activation(op.activation());
  }

  private void dense(Dense op, List<Tensor> in, List<Integer> at) {
    Tensor x = in.get(0);
    int j = at.get(0);
    start(parameter("b", in.get(2), j));
    for (int i = 0; i < x.size(); i++) {
      product(value("x", x, List.of(i)), parameter("w", in.get(1), i, j));
    }
    activation(op.activation());
  }

  private void normalization(FixedBatchNorm op, List<Tensor> in, List<Integer> at) {
    int c = at.getLast();
    float gamma = in.get(1).data()[c];
    float variance = in.get(4).data()[c];
    float scale = gamma * BatchNorm.inverseStandardDeviation(variance, op.epsilon());
    start(value("x", in.get(0), at));
    Operand mean = parameter("mean", in.get(3), c);
    append(Kind.DIFFERENCE, total - mean.value(), mean);
    Operand factor =
        new Operand("gamma[%d]/sqrt(variance[%d] + %s)".formatted(c, c, op.epsilon()), scale);
    Operand shift = parameter("beta", in.get(2), c);
    append(Kind.SCALE, Math.fma(total, scale, shift.value()), factor, shift);
    activation(op.activation());
  }

  /// The maximum or the mean of a window; positions outside of the image take no part.
  private void window(Window window, Tensor x, List<Integer> at, Kind kind) {
    taps(
        window,
        at,
        (kh, kw, row, column) -> {
          Operand value = value("x", x, List.of(row, column, at.get(2)));
          if (terms.isEmpty()) {
            start(value);
          } else if (kind == Kind.SUM) {
            add(value);
          } else {
            append(kind, larger(total, value.value()), value);
          }
        });
    if (terms.isEmpty()) {
      start(new Operand("no position inside of the image", 0f));
    } else if (kind == Kind.SUM) {
      Operand count = new Operand("count", terms.size());
      append(Kind.QUOTIENT, total / count.value(), count);
    }
  }

  /// As [legible.kernel.Pooling] documents it: the first among equals, as which +0 and -0 count, and
  /// a NaN if there is one.
  private static float larger(float a, float b) {
    return b > a || (Float.isNaN(b) && !Float.isNaN(a)) ? b : a;
  }

  /// A position of a window that lies inside of the image.
  @FunctionalInterface
  private interface Tap {
    void at(int kernelRow, int kernelColumn, int row, int column);
  }

  private static void taps(Window window, List<Integer> at, Tap tap) {
    for (int kh = 0; kh < window.kernelHeight(); kh++) {
      int row = at.get(0) * window.stride() - window.padTop() + kh;
      for (int kw = 0; kw < window.kernelWidth(); kw++) {
        int column = at.get(1) * window.stride() - window.padLeft() + kw;
        if (row >= 0 && row < window.height() && column >= 0 && column < window.width()) {
          tap.at(kh, kw, row, column);
        }
      }
    }
  }

  private void start(Operand first) {
    append(Kind.START, first.value(), first);
  }

  private void add(Operand value) {
    append(Kind.SUM, total + value.value(), value);
  }

  private void product(Operand x, Operand w) {
    append(Kind.PRODUCT, Math.fma(x.value(), w.value(), total), x, w);
  }

  private void activation(Activation activation) {
    if (activation != Activation.NONE) {
      append(Kind.RELU, activation.of(total));
    }
  }

  private void append(Kind kind, float next, Operand... operands) {
    total = next;
    terms.add(new Term(kind, List.of(operands), next));
  }

  /// An element of a value, whose first axis is the batch of one sample.
  private static Operand value(String name, Tensor tensor, List<Integer> at) {
    return new Operand(
        name + "[" + places(at.stream()) + "]",
        tensor.data()[Arithmetic.index(tensor.shape().withoutFirst(), at)]);
  }

  private static Operand parameter(String name, Tensor tensor, int... at) {
    List<Integer> place = IntStream.of(at).boxed().toList();
    return new Operand(
        name + "[" + places(place.stream()) + "]",
        tensor.data()[Arithmetic.index(tensor.shape(), place)]);
  }

  private static String places(Stream<Integer> at) {
    return at.map(String::valueOf).collect(Collectors.joining(","));
  }
}
