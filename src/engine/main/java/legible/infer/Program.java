package legible.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import legible.autograd.Trace.Line;
import legible.autograd.Weights;
import legible.kernel.Kernels;
import legible.kernel.PackedFilters;
import legible.model.Architecture;
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

/// A model made ready for answers: a list of kernels over a few buffers, with weights that are folded
/// and packed once. Immutable, so any number of threads may share it.
///
/// ```
///  layers → trace of operations → folded → buffers assigned → steps
/// ```
///
/// @param steps in the order of computation
/// @param buffers the sizes of the buffers, in floats for each sample
/// @param input floats of one sample, which a caller puts into buffer 0
/// @param output floats of one sample's logits
/// @param result the buffer that holds the logits in the end
/// @param products multiplications of weights that one sample takes
record Program(
    List<Step> steps, List<Integer> buffers, int input, int output, int result, long products) {
  /// Makes a program for kernels of the given set.
  ///
  /// @throws legible.tensor.ShapeException if the layers do not fit together
  static Program compile(Architecture architecture, Weights weights, Kernels kernels) {
    FoldedNetwork network = FoldedNetwork.of(architecture, weights, kernels);
    return of(network, new MemoryPlan(network, false), kernels);
  }

  /// Makes the program of a network whose values live where the plan says.
  static Program of(FoldedNetwork network, MemoryPlan plan, Kernels kernels) {
    List<Step> steps = new ArrayList<>();
    List<FoldedLine> lines = network.lines();
    for (int i = 0; i < lines.size(); i++) {
      FoldedLine line = lines.get(i);
      if (line.op() instanceof Conv2d op) {
        steps.add(convolve(op, line, plan, kernels));
      } else if (line.op() instanceof Add op) {
        add(op, line, lines.subList(0, i), plan, steps);
      } else if (!(line.op() instanceof Reshape)) {
        steps.add(step(line.scaled(), plan, kernels));
      }
    }
    Tensor y = network.output();
    return new Program(
        List.copyOf(steps),
        plan.sizes(),
        network.input().size(),
        y.size(),
        plan.buffer(y),
        network.lines().stream().mapToLong(FoldedLine::products).sum());
  }

  private static Step step(Line line, MemoryPlan plan, Kernels kernels) {
    List<Tensor> in = line.in();
    Tensor x = in.get(0);
    Shape shape = x.shape();
    int from = plan.buffer(x);
    int to = plan.buffer(line.out());
    return switch (line.op()) {
      case Dense op -> {
        Shape w = in.get(1).shape();
        yield new Step.Multiply(
            kernels.gemm().packed(w.dimension(1), w.dimension(0), in.get(1).data()),
            in.get(2).data(),
            op.activation(),
            from,
            to);
      }
      case MaxPool2d op -> new Step.PoolMaximum(op.window(shape), from, to);
      case AveragePool2d op -> new Step.PoolAverage(op.window(shape), from, to);
      case GlobalAveragePool op -> new Step.PoolAverage(GlobalAveragePool.window(shape), from, to);
      case Relu op -> new Step.Rectify(x.size(), from, to);
      case FixedBatchNorm op -> normalize(op, in, from, to);
      default -> throw new AssertionError("bug in Legible: no step for " + line.op());
    };
  }

  private static Step convolve(Conv2d op, FoldedLine line, MemoryPlan plan, Kernels kernels) {
    Tensor x = line.in().get(0);
    Tensor weight = line.in().get(1);
    Shape w = weight.shape();
    PackedFilters filters =
        kernels
            .convolution()
            .packed(
                w.dimension(0),
                w.dimension(1),
                w.dimension(2),
                w.dimension(3),
                weight.data(),
                line.scale());
    return new Step.Convolve(
        op.window(x.shape(), w),
        filters,
        line.in().get(2).data(),
        OptionalInt.empty(),
        op.activation(),
        plan.buffer(x),
        plan.buffer(line.out()));
  }

  /// Adds at the end of the convolution that makes one of the addends, if that is the line before and
  /// lives where the sum will.
  private static void add(
      Add op, FoldedLine line, List<FoldedLine> before, MemoryPlan plan, List<Step> steps) {
    int to = plan.buffer(line.out());
    if (!before.isEmpty() && plan.buffer(before.getLast().out()) == to) {
      Optional<Tensor> addend = before.getLast().addend(line);
      if (addend.isPresent()) {
        Step.Convolve made = (Step.Convolve) steps.removeLast();
        steps.add(made.plus(plan.buffer(addend.get()), op.activation()));
        return;
      }
    }
    int left = plan.buffer(line.in().get(0));
    int right = plan.buffer(line.in().get(1));
    steps.add(new Step.Sum(line.out().size(), op.activation(), left, right, to));
  }

  private static Step normalize(FixedBatchNorm op, List<Tensor> in, int from, int to) {
    Tensor gamma = in.get(1);
    float[] scale = new float[gamma.size()];
    for (int c = 0; c < scale.length; c++) {
      float variance = in.get(4).data()[c];
      scale[c] = gamma.data()[c] * BatchNorm.inverseStandardDeviation(variance, op.epsilon());
    }
    return new Step.Normalize(
        in.get(0).size(), in.get(3).data(), scale, in.get(2).data(), op.activation(), from, to);
  }

  /// Floats of the largest buffer for one sample.
  int largestBuffer() {
    return buffers.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }
}
