package legible.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import legible.KernelVariant;
import legible.WorkspaceMemory;
import legible.kernel.Activation;
import legible.oracle.Closeness;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every operation promises, whatever it computes: gradients are added and never set, inputs are
/// left alone, unwanted gradients are not computed, undefined memory is never read, and all kernels
/// give the same bits.
class OpContractTest {
  private static final CounterRandom RANDOM = new CounterRandom(2024);

  /// An operation with inputs, and the number of leading inputs that receive gradients.
  record Sample(Op<?> op, int differentiable, Tensor... in) {
    Tensor dy() {
      Shape y = op.outputShape(Arrays.stream(in).map(Tensor::shape).toList());
      return Draw.UNIFORM.tensor(RANDOM.split("dy"), y.toArray());
    }

    List<Tensor> inputs() {
      return List.of(in);
    }

    List<Integer> wanted() {
      return IntStream.range(0, differentiable).boxed().toList();
    }

    @Override
    public String toString() {
      return op + Arrays.toString(in);
    }
  }

  private static Tensor uniform(String name, int... dimensions) {
    return Draw.UNIFORM.tensor(RANDOM.split(name), dimensions);
  }

  private static Tensor positive(String name, int... dimensions) {
    return Draw.POSITIVE.tensor(RANDOM.split(name), dimensions);
  }

  /// Odd sizes, and some beyond the chunks that threads share. Every operation has to be here.
  static Stream<Sample> samples() {
    Tensor images = uniform("images", 5, 11, 9, 7);
    Tensor logits = uniform("logits", 37, 11);
    Tensor targets = Draw.DISTRIBUTION.tensor(RANDOM.split("targets"), 37, 11);
    Tensor matrix = uniform("matrix", 37, 53);
    Tensor large = uniform("large", 23, 14, 14, 16);
    return Stream.of(
        new Sample(new Add(Activation.NONE), 2, matrix, uniform("b", 37, 53)),
        new Sample(new Add(Activation.RELU), 2, matrix, uniform("b", 37, 53)),
        new Sample(new AveragePool2d(3, 2, Padding.pixels(1)), 1, images),
        new Sample(
            new BatchNorm(1e-5f, Activation.RELU),
            3,
            images,
            positive("gamma", 7),
            uniform("beta", 7)),
        new Sample(
            new BatchNorm(1e-3f, Activation.NONE),
            3,
            large,
            positive("gamma", 16),
            uniform("beta", 16)),
        new Sample(
            new Conv2d(1, Padding.SAME, Activation.RELU),
            3,
            images,
            uniform("w", 3, 3, 7, 13),
            uniform("b", 13)),
        new Sample(
            new Conv2d(2, Padding.pixels(2), Activation.NONE),
            3,
            images,
            uniform("w", 5, 3, 7, 2),
            uniform("b", 2)),
        new Sample(
            new Conv2d(1, Padding.VALID, Activation.NONE),
            3,
            large,
            uniform("w", 1, 1, 16, 32),
            uniform("b", 32)),
        new Sample(new Dense(Activation.RELU), 3, matrix, uniform("w", 53, 19), uniform("b", 19)),
        new Sample(new Dense(Activation.NONE), 3, logits, uniform("w", 11, 130), uniform("b", 130)),
        new Sample(new Dropout(0.4f, 77), 1, matrix),
        new Sample(
            new FixedBatchNorm(1e-5f, Activation.RELU),
            3,
            images,
            positive("gamma", 7),
            uniform("beta", 7),
            uniform("mean", 7),
            positive("variance", 7)),
        new Sample(new GlobalAveragePool(), 1, images),
        new Sample(new MaxPool2d(3, 2, Padding.SAME), 1, images),
        new Sample(new MaxPool2d(2, 2, Padding.VALID), 1, large),
        new Sample(new MeanSquaredError(), 1, large, uniform("t", 23, 14, 14, 16)),
        new Sample(new Relu(), 1, large),
        new Sample(new Reshape(Shape.of(9, 77)), 1, images),
        new Sample(new SoftmaxCrossEntropy(0.1f), 1, logits, targets));
  }

  @Test
  void everyOperationIsHere() {
    Set<Class<?>> all = Set.of(Op.class.getPermittedSubclasses());
    assertTrue(all.size() >= 13, "operations seen: " + all);
    assertEquals(all, samples().map(s -> s.op().getClass()).collect(Collectors.toSet()));
  }

  /// Output and gradients of one run.
  private record Result(Tensor y, List<Tensor> gradients) {
    void assertSameBits(Result other, String what) {
      Closeness.assertSameBits(y, other.y, what + ": y");
      for (int i = 0; i < gradients.size(); i++) {
        Closeness.assertSameBits(
            gradients.get(i), other.gradients.get(i), what + ": gradient of input " + i);
      }
    }
  }

  private static Result run(Workspace workspace, Sample sample, OneOp.Sink sink) {
    Tensor y = OneOp.backward(workspace, sample.op(), sample.inputs(), sample.dy(), sink).y();
    Result result = new Result(y.copy(), sink.gradients());
    workspace.releaseAll();
    return result;
  }

  private static Result run(Workspace workspace, Sample sample) {
    return run(workspace, sample, sink(sample, OneOp.zeros()));
  }

  private static OneOp.Sink sink(Sample sample, Function<Tensor, Tensor> start) {
    return new OneOp.Sink(sample.inputs(), sample.wanted(), start);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void allKernelsGiveTheSameBits(Sample sample) {
    Result reference = KernelVariant.SCALAR_1.with(workspace -> run(workspace, sample));
    for (KernelVariant variant : KernelVariant.values()) {
      Result result = variant.with(workspace -> run(workspace, sample));
      reference.assertSameBits(result, variant.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void inputsAndIncomingGradientAreLeftAlone(Sample sample) {
    for (KernelVariant variant : KernelVariant.values()) {
      List<Tensor> before = sample.inputs().stream().map(Tensor::copy).toList();
      Tensor dy = sample.dy();
      Tensor dyBefore = dy.copy();
      variant.with(
          workspace ->
              OneOp.backward(
                  workspace, sample.op(), sample.inputs(), dy, sink(sample, OneOp.zeros())));
      for (int i = 0; i < before.size(); i++) {
        Closeness.assertSameBits(before.get(i), sample.inputs().get(i), "input " + i);
      }
      Closeness.assertSameBits(dyBefore, dy, "dy");
    }
  }

  /// The second call adds as much as the first: zero, g, 2g up to the rounding of chains that start
  /// from another value.
  @ParameterizedTest
  @MethodSource("samples")
  void backwardTwiceIsDouble(Sample sample) {
    for (KernelVariant variant : KernelVariant.values()) {
      Result once = variant.with(workspace -> run(workspace, sample));
      OneOp.Sink twice = sink(sample, OneOp.zeros());
      variant.with(
          workspace -> {
            run(workspace, sample, twice);
            return run(workspace, sample, twice);
          });
      for (int input : sample.wanted()) {
        assertNear(once.gradients().get(input), 2, 0, twice.gradients().get(input));
      }
    }
  }

  /// Gradients that hold something already are added to; a buffer of -7 becomes g - 7.
  @ParameterizedTest
  @MethodSource("samples")
  void gradientsAreAdded(Sample sample) {
    Function<Tensor, Tensor> sevens =
        x -> {
          Tensor tensor = Tensor.zeros(x.shape());
          Arrays.fill(tensor.data(), -7f);
          return tensor;
        };
    for (KernelVariant variant : KernelVariant.values()) {
      Result plain = variant.with(workspace -> run(workspace, sample));
      Result added = variant.with(workspace -> run(workspace, sample, sink(sample, sevens)));
      for (int input = 0; input < sample.inputs().size(); input++) {
        assertNear(plain.gradients().get(input), 1, -7, added.gradients().get(input));
      }
    }
  }

  /// Checks `actual = factor·gradient + start` with 1e-4 of the largest value involved.
  private static void assertNear(Tensor gradient, int factor, int start, Tensor actual) {
    double largest = Math.abs(start);
    for (float g : gradient.data()) {
      largest = Math.max(largest, Math.abs(g));
    }
    for (int i = 0; i < gradient.size(); i++) {
      assertEquals(
          factor * gradient.data()[i] + start, actual.data()[i], 1e-4 * largest, "at " + i);
    }
  }

  /// Each gradient alone has the bits that it has among all, and the sink fails for those that nobody
  /// wants. With none wanted, nothing may be computed.
  @ParameterizedTest
  @MethodSource("samples")
  void unwantedGradientsAreNotComputed(Sample sample) {
    for (KernelVariant variant : KernelVariant.values()) {
      Result all = variant.with(workspace -> run(workspace, sample));
      List<List<Integer>> choices = new ArrayList<>();
      choices.add(List.of());
      sample.wanted().forEach(input -> choices.add(List.of(input)));
      for (List<Integer> choice : choices) {
        OneOp.Sink sink = new OneOp.Sink(sample.inputs(), choice, OneOp.zeros());
        Result some = variant.with(workspace -> run(workspace, sample, sink));
        for (int input = 0; input < sample.inputs().size(); input++) {
          Tensor expected = all.gradients().get(input);
          Closeness.assertSameBits(
              choice.contains(input) ? expected : Tensor.zeros(expected.shape()),
              some.gradients().get(input),
              variant + " wanting " + choice + ": gradient of input " + input);
        }
      }
    }
  }

  /// The second run gets the memory of the first back, full of NaN: whoever reads before writing
  /// shows it.
  @ParameterizedTest
  @MethodSource("samples")
  void undefinedMemoryIsNotRead(Sample sample) {
    for (KernelVariant variant : KernelVariant.values()) {
      variant.with(
          workspace -> {
            Result first = run(workspace, sample);
            int arrays = WorkspaceMemory.poison(workspace);
            assertTrue(arrays > 0 || sample.op() instanceof Reshape, "nothing was poisoned");
            first.assertSameBits(run(workspace, sample), variant + ", second run");
            assertEquals(arrays, WorkspaceMemory.poison(workspace), "arrays after the second run");
            return null;
          });
    }
  }
}
