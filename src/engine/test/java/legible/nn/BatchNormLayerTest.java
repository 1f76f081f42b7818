package legible.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.Predicate;
import legible.KernelVariant;
import legible.Reference;
import legible.autograd.Inference;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.autograd.Tape;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchNormLayerTest {
  private static final BatchNormLayer LAYER = new BatchNormLayer("norm", Activation.NONE);

  private final Reference reference = Reference.read("batch-norm");
  private final Weights weights =
      new Weights(
          List.of(
              new Parameter("norm.gamma", Role.SCALE, reference.get("gamma")),
              new Parameter("norm.beta", Role.BIAS, reference.get("beta")),
              new Parameter("norm.running_mean", Role.STATISTIC, reference.get("mean")),
              new Parameter("norm.running_variance", Role.STATISTIC, reference.get("variance"))));

  private Tensor value(String name) {
    return weights.get("norm." + name).value();
  }

  private Tensor train(KernelVariant variant, Predicate<Parameter> trainable) {
    return variant.with(
        workspace -> {
          try (Tape tape = new Tape(workspace, weights, trainable, new CounterRandom(0))) {
            return LAYER.forward(tape, reference.get("x")).copy();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void trainingUsesTheBatchAndMovesTheStatistics(KernelVariant variant) {
    reference.assertNear("train.y", train(variant, p -> true), 1e-6);
    reference.assertNear("train.running_mean", value("running_mean"), 1e-6);
    reference.assertNear("train.running_variance", value("running_variance"), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void inferenceUsesTheStatisticsAndKeepsThem(KernelVariant variant) {
    variant.with(
        workspace -> {
          try (Inference inference = new Inference(workspace, weights)) {
            reference.assertNear("eval.y", LAYER.forward(inference, reference.get("x")), 1e-6);
          }
          return null;
        });
    assertStatisticsUnchanged();
  }

  @ParameterizedTest
  @EnumSource
  void aFrozenLayerIsAsInInference(KernelVariant variant) {
    reference.assertNear("eval.y", train(variant, p -> false), 1e-6);
    assertStatisticsUnchanged();
  }

  private void assertStatisticsUnchanged() {
    assertArrayEquals(reference.get("mean").data(), value("running_mean").data());
    assertArrayEquals(reference.get("variance").data(), value("running_variance").data());
  }

  /// A single row has no unbiased variance; the biased one, 0, is taken and not 0/0.
  @ParameterizedTest
  @EnumSource
  void oneRow(KernelVariant variant) {
    variant.with(
        workspace -> {
          try (Tape tape = new Tape(workspace, weights, p -> true, new CounterRandom(0))) {
            Tensor y = LAYER.forward(tape, Tensor.of(Shape.of(1, 4), 1, 2, 3, 4));
            assertArrayEquals(reference.get("beta").data(), y.data());
          }
          return null;
        });
    float before = reference.get("variance").data()[0];
    assertEquals(before * 0.9f, value("running_variance").data()[0], 1e-6f);
  }

  @Test
  void settings() {
    assertEquals(
        "layer 'n': momentum expected in (0, 1], got 0.0",
        assertThrows(
                IllegalArgumentException.class,
                () -> new BatchNormLayer("n", 0f, 1e-5f, Activation.NONE, Initializer.ONES))
            .getMessage());
    assertEquals(
        "layer 'n': epsilon expected > 0 and finite, got NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> new BatchNormLayer("n", 0.1f, Float.NaN, Activation.NONE, Initializer.ONES))
            .getMessage());
  }

  @Test
  void aScaleThatBeginsAtZeroIsKeptInTheConfiguration() {
    BatchNormLayer layer = BatchNormLayer.startingAtZero("n", Activation.NONE);
    assertEquals(layer, Layers.of(layer.config()));
    Shape x = Shape.of(2, 3);
    assertEquals(Initializer.ZEROS, layer.declare(x).getFirst().initializer());
    BatchNormLayer usual = new BatchNormLayer("n", Activation.NONE);
    assertEquals(usual, Layers.of(usual.config()));
    assertFalse(usual.config().settings().containsKey("initializer"));
  }
}
