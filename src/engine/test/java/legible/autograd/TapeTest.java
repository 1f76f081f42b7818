package legible.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import legible.KernelVariant;
import legible.WorkspaceMemory;
import legible.kernel.Activation;
import legible.model.Architecture;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.FlattenLayer;
import legible.nn.Layer;
import legible.nn.MaxPoolLayer;
import legible.nn.ResidualBlock;
import legible.nn.Sequential;
import legible.op.Add;
import legible.op.Dense;
import legible.op.MeanSquaredError;
import legible.op.Padding;
import legible.op.SoftmaxCrossEntropy;
import legible.oracle.Closeness;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TapeTest {
  private static final Predicate<Parameter> ALL = p -> true;

  private static Tensor matrix(float... values) {
    return Tensor.of(Shape.of(1, values.length), values);
  }

  private static Weights weights(Parameter... parameters) {
    return new Weights(List.of(parameters));
  }

  private static Tape tape(Workspace workspace, Weights weights) {
    return new Tape(workspace, weights, ALL, new CounterRandom(0));
  }

  /// s = x + x = 6, loss = s² = 36, dx = 2·s·(1 + 1) = 24 for x = 3.
  @ParameterizedTest
  @EnumSource
  void aTensorUsedTwiceReceivesBothParts(KernelVariant variant) {
    Tensor x = matrix(3);
    variant.with(
        workspace -> {
          try (Tape tape = tape(workspace, weights())) {
            tape.watch(x);
            Tensor s = tape.apply(new Add(Activation.NONE), x, x).y();
            Tensor loss = tape.apply(new MeanSquaredError(), s, matrix(0)).y();
            assertEquals(36f, loss.data()[0]);
            assertEquals(24f, tape.backward(loss).of(x).data()[0]);
            assertEquals(36f, loss.data()[0], "the loss may still be read");
          }
          return null;
        });
  }

  /// y = x·w + x = 8, loss = y² = 64, dy = 16: dw = x·dy = 32, db = 16, dx = dy·(w + 1) = 64 for
  /// x = 2, w = 3, b = 0.
  @ParameterizedTest
  @EnumSource
  void chainRuleThroughAResidual(KernelVariant variant) {
    Tensor x = matrix(2);
    Tensor w = Tensor.of(Shape.of(1, 1), 3);
    Tensor b = Tensor.of(Shape.of(1), 0);
    variant.with(
        workspace -> {
          Weights weights =
              weights(new Parameter("w", Role.WEIGHT, w), new Parameter("b", Role.BIAS, b));
          try (Tape tape = tape(workspace, weights)) {
            tape.watch(x);
            Dense dense = new Dense(Activation.NONE);
            Tensor z = tape.apply(dense, x, tape.parameter("w"), tape.parameter("b")).y();
            Tensor y = tape.apply(new Add(Activation.NONE), z, x).y();
            Tensor loss = tape.apply(new MeanSquaredError(), y, matrix(0)).y();
            Gradients gradients = tape.backward(loss);
            assertEquals(64f, loss.data()[0]);
            assertEquals(32f, gradients.of(w).data()[0]);
            assertEquals(16f, gradients.of(b).data()[0]);
            assertEquals(64f, gradients.of(x).data()[0]);
          }
          return null;
        });
  }

  @Test
  void onlyWhatTheLossDependsOnHasAGradient() {
    Tensor x = matrix(2);
    Tensor other = matrix(5);
    KernelVariant.SCALAR_1.with(
        workspace -> {
          try (Tape tape = tape(workspace, weights(new Parameter("p", Role.BIAS, other)))) {
            tape.watch(x);
            tape.apply(new Add(Activation.NONE), tape.parameter("p"), x);
            Tensor loss = tape.apply(new MeanSquaredError(), x, matrix(0)).y();
            Gradients gradients = tape.backward(loss);
            assertTrue(gradients.has(x));
            assertFalse(gradients.has(other));
            assertEquals(
                "Gradients: a trainable parameter or watched tensor that the loss depends on"
                    + " expected, got Tensor[1, 1]",
                assertThrows(IllegalArgumentException.class, () -> gradients.of(other))
                    .getMessage());
          }
          return null;
        });
  }

  @Test
  void backwardWantsATrackedScalar() {
    KernelVariant.SCALAR_1.with(
        workspace -> {
          try (Tape tape = tape(workspace, weights())) {
            Tensor untracked = tape.apply(new MeanSquaredError(), matrix(1), matrix(0)).y();
            assertEquals(
                "Tape.backward: a scalar computed from trainable parameters expected,"
                    + " got Tensor[]",
                assertThrows(IllegalArgumentException.class, () -> tape.backward(untracked))
                    .getMessage());
            Tensor x = matrix(1, 2);
            tape.watch(x);
            assertThrows(IllegalArgumentException.class, () -> tape.backward(x));
            assertThrows(IllegalArgumentException.class, () -> tape.backward(x, matrix(1)));
            Tensor y = tape.apply(new Add(Activation.NONE), x, x).y();
            float[] gradient = tape.backward(y, matrix(3, -5)).of(x).data();
            assertArrayEquals(new float[] {6, -10}, gradient);
          }
          return null;
        });
  }

  @Test
  void randomKeysAreAFunctionOfTheStream() {
    KernelVariant.SCALAR_1.with(
        workspace -> {
          Tape first = tape(workspace, weights());
          Tape second = tape(workspace, weights());
          long key = first.nextKey();
          assertEquals(key, second.nextKey());
          assertNotEquals(key, first.nextKey());
          return null;
        });
  }

  /// Layers of equal widths, so that a buffer that is given back too early is taken at once.
  private static Architecture equalWidths() {
    Layer[] layers = new Layer[6];
    for (int i = 0; i < layers.length; i++) {
      layers[i] = new DenseLayer("dense" + i, 8, Activation.RELU);
    }
    return new Architecture("equal", Shape.of(8), new Sequential("equal", layers));
  }

  private static Architecture residual() {
    Sequential body =
        new Sequential(
            "body",
            new ConvLayer("body.conv", 4, 3, Padding.SAME, Activation.NONE),
            new BatchNormLayer("body.norm", Activation.RELU),
            new ConvLayer("body.conv2", 4, 3, Padding.SAME, Activation.NONE));
    return new Architecture(
        "residual",
        Shape.of(6, 6, 1),
        new Sequential(
            "residual",
            new ConvLayer("stem", 4, 3, Padding.SAME, Activation.RELU),
            new BatchNormLayer("norm", Activation.NONE),
            new ResidualBlock("block", body, new Sequential("shortcut"), Activation.RELU),
            new MaxPoolLayer("pool", 2),
            new FlattenLayer("flatten"),
            new DenseLayer("dense", 8, Activation.NONE)));
  }

  private static Tensor uniform(Shape shape, String name) {
    CounterRandom random = new CounterRandom(1).split(name);
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.data()[i] = random.uniform(i);
    }
    return tensor;
  }

  /// The gradients of one step by the parameters' names, copied.
  private static Map<String, Tensor> step(
      Workspace workspace,
      Architecture architecture,
      Weights weights,
      Predicate<Parameter> trainable) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    try (Tape tape = new Tape(workspace, weights, trainable, new CounterRandom(0))) {
      Tensor x = uniform(architecture.input().batchOf(8), "x");
      Tensor logits = architecture.forward(tape, x);
      Tensor t = uniform(logits.shape(), "t");
      Tensor loss = tape.apply(new SoftmaxCrossEntropy(0f), logits, t).y();
      Gradients gradients = tape.backward(loss);
      for (Parameter parameter : weights.all()) {
        if (gradients.has(parameter.value())) {
          result.put(parameter.name(), gradients.of(parameter.value()).copy());
        }
      }
    }
    return result;
  }

  /// A frozen parameter has no gradient, and freezing it changes no bit of the others: the inputs of
  /// trainable layers are kept for the way back although they are themselves not tracked.
  @ParameterizedTest
  @EnumSource
  void frozenParametersHaveNoGradient(KernelVariant variant) {
    Architecture architecture = equalWidths();
    Weights weights = architecture.initialize(3);
    Map<String, Tensor> all =
        variant.with(workspace -> step(workspace, architecture, weights, ALL));
    assertEquals(weights.trained().size(), all.size());
    for (int frozen = 0; frozen < 6; frozen++) {
      String prefix = "dense" + frozen + ".";
      Map<String, Tensor> some =
          variant.with(
              workspace ->
                  step(workspace, architecture, weights, p -> !p.name().startsWith(prefix)));
      assertEquals(all.size() - 2, some.size());
      some.forEach(
          (name, gradient) -> {
            assertFalse(name.startsWith(prefix), name);
            Closeness.assertSameBits(all.get(name), gradient, name + " with frozen " + prefix);
          });
    }
  }

  /// The same where only the last layers are trained.
  @ParameterizedTest
  @EnumSource
  void aFrozenTrunk(KernelVariant variant) {
    Architecture architecture = equalWidths();
    Weights weights = architecture.initialize(3);
    Map<String, Tensor> all =
        variant.with(workspace -> step(workspace, architecture, weights, ALL));
    for (int trained = 1; trained < 6; trained++) {
      int first = trained;
      Map<String, Tensor> some =
          variant.with(
              workspace ->
                  step(
                      workspace,
                      architecture,
                      weights,
                      p -> p.name().charAt("dense".length()) - '0' >= first));
      assertEquals(2 * (6 - trained), some.size());
      some.forEach((name, gradient) -> Closeness.assertSameBits(all.get(name), gradient, name));
    }
  }

  /// The second step lives on the arrays of the first, which hold NaN in between, and has the same
  /// bits.
  @ParameterizedTest
  @EnumSource
  void memoryIsReused(KernelVariant variant) {
    for (Architecture architecture : List.of(equalWidths(), residual())) {
      Weights weights = architecture.initialize(3);
      variant.with(
          workspace -> {
            Map<String, Tensor> first = step(workspace, architecture, weights, ALL);
            List<Integer> arrays = new ArrayList<>();
            for (int again = 0; again < 3; again++) {
              arrays.add(WorkspaceMemory.poison(workspace));
              step(workspace, architecture, weights, ALL)
                  .forEach((name, g) -> Closeness.assertSameBits(first.get(name), g, name));
            }
            assertTrue(arrays.get(0) > 0);
            assertEquals(List.of(arrays.get(0), arrays.get(0), arrays.get(0)), arrays);
            return null;
          });
    }
  }

  /// Inference gives memory back on the way: a chain of equal layers needs two buffers, whatever its
  /// length.
  @ParameterizedTest
  @EnumSource
  void inferenceReusesMemoryOnTheWay(KernelVariant variant) {
    Architecture architecture = equalWidths();
    Weights weights = architecture.initialize(3);
    variant.with(
        workspace -> {
          Tensor x = uniform(architecture.input().batchOf(8), "x");
          Tensor before = x.copy();
          Tensor first;
          try (Inference inference = new Inference(workspace, weights)) {
            first = architecture.forward(inference, x).copy();
          }
          assertEquals(2, WorkspaceMemory.poison(workspace));
          try (Inference inference = new Inference(workspace, weights)) {
            Closeness.assertSameBits(first, architecture.forward(inference, x), "second walk");
          }
          assertArrayEquals(before.data(), x.data(), "the input belongs to the caller");
          return null;
        });
  }

  @Test
  void unknownParameter() {
    Weights weights = weights(new Parameter("a", Role.WEIGHT, matrix(1)));
    assertEquals(
        "Weights: one of [a] expected, got 'b'",
        assertThrows(IllegalArgumentException.class, () -> weights.get("b")).getMessage());
    assertEquals(
        "Weights: unique names expected, got 'a' twice",
        assertThrows(
                IllegalArgumentException.class, () -> weights(weights.get("a"), weights.get("a")))
            .getMessage());
  }
}
