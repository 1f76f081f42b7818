package legible.digits.explain;

import java.util.ArrayList;
import java.util.List;
import legible.infer.Walk.Stage;
import legible.kernel.Activation;
import legible.op.Add;
import legible.op.AveragePool2d;
import legible.op.Conv2d;
import legible.op.Dense;
import legible.op.FixedBatchNorm;
import legible.op.GlobalAveragePool;
import legible.op.MaxPool2d;
import legible.op.Relu;
import legible.op.Reshape;
import legible.tensor.Shape;

/// Steps of the way in words.
public final class Description {
  private Description() {}

  /// What a step computes: `convolution 3 x 3, stride 1, padding same`.
  public static String of(Stage stage) {
    return switch (stage.op()) {
      case Conv2d op -> convolution(op, stage.in().get(1).shape());
      case Dense op -> "dense" + withRelu(op.activation());
      case MaxPool2d op -> pooling("maximum", op.size(), op.stride());
      case AveragePool2d op -> pooling("average", op.size(), op.stride());
      case GlobalAveragePool op -> "average of each channel";
      case FixedBatchNorm op -> "batch normalisation" + withRelu(op.activation());
      case Add op -> "sum of two" + withRelu(op.activation());
      case Relu op -> "ReLU";
      case Reshape op -> "one vector";
      default -> throw new AssertionError("bug in Legible: no words for " + stage.op());
    };
  }

  private static String convolution(Conv2d op, Shape w) {
    String stride = op.stride() == 1 ? "" : ", stride " + op.stride();
    return "convolution %d x %d%s, padding %s%s"
        .formatted(w.dimension(0), w.dimension(1), stride, op.padding(), withRelu(op.activation()));
  }

  private static String pooling(String what, int size, int stride) {
    return what + " of " + size + " x " + size + (stride == size ? "" : ", stride " + stride);
  }

  private static String withRelu(Activation activation) {
    return activation == Activation.RELU ? ", ReLU" : "";
  }

  /// The formula of a step, as its operation's documentation gives it.
  public static String formula(Stage stage) {
    return switch (stage.op()) {
      case Conv2d op ->
          "b[o] + Σ x·w over kernel row, kernel column and channel, positions outside of the image"
              + " left out; each line one fused multiply-add";
      case Dense op -> "b[j] + Σ x[i]·w[i,j] over i; each line one fused multiply-add";
      case MaxPool2d op -> "the largest x of the window";
      case AveragePool2d op -> "(Σ x of the window) / count";
      case GlobalAveragePool op -> "(Σ x of the channel) / count";
      case FixedBatchNorm op -> "(x - mean)·gamma/sqrt(variance + epsilon) + beta";
      case Add op -> "a + b";
      case Relu op -> "max(x, 0)";
      case Reshape op -> "x, in row-major order";
      default -> throw new AssertionError("bug in Legible: no formula for " + stage.op());
    };
  }

  /// The operands of a step, and where they come from.
  public static String operands(Explanation explanation, Stage stage) {
    List<String> parts = new ArrayList<>();
    String first = explanation.source(stage, 0);
    if (stage.op() instanceof Add) {
      parts.add("a is " + first);
      parts.add("b is " + explanation.source(stage, 1));
    } else {
      parts.add("x is " + first);
    }
    List<String> folded = stage.layers().subList(1, stage.layers().size());
    if (!folded.isEmpty()) {
      parts.add(String.join(" and ", folded) + " folded in");
    }
    return String.join(", ", parts);
  }
}
