package legible.nn;

import legible.KernelVariant;
import legible.Reference;
import legible.autograd.Gradients;
import legible.autograd.Parameter;
import legible.autograd.Tape;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.model.Architecture;
import legible.op.Padding;
import legible.op.SoftmaxCrossEntropy;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A whole small network, forward and backward, against PyTorch.
class NetworkReferenceTest {
  private static final double TOLERANCE = 3e-6;

  private static final Architecture NETWORK =
      new Architecture(
          "network",
          Shape.of(9, 8, 2),
          new Sequential(
              "network",
              new ConvLayer(
                  "conv", 4, 3, 2, Padding.pixels(1), false, Activation.NONE, Initializer.ZEROS),
              new BatchNormLayer("norm", Activation.RELU),
              new MaxPoolLayer("pool", 2),
              new FlattenLayer("flatten"),
              new DenseLayer("dense", 5, Activation.NONE)));

  @ParameterizedTest
  @EnumSource
  void forwardAndBackward(KernelVariant variant) {
    Reference reference = Reference.read("network");
    Weights weights =
        NETWORK.weights(
            d -> d.name().contains("running") ? Tensor.zeros(d.shape()) : reference.get(d.name()));
    variant.with(
        workspace -> {
          try (Tape tape = new Tape(workspace, weights, p -> true, new CounterRandom(0))) {
            Tensor logits = NETWORK.forward(tape, reference.get("x"));
            reference.assertNear("logits", logits, TOLERANCE);
            Tensor targets = reference.get("t");
            Tensor loss = tape.apply(new SoftmaxCrossEntropy(0.1f), logits, targets).y();
            reference.assertNear("loss", loss, TOLERANCE);
            Gradients gradients = tape.backward(loss);
            for (Parameter parameter : weights.trained()) {
              Tensor gradient = gradients.of(parameter.value());
              reference.assertNear("d." + parameter.name(), gradient, TOLERANCE);
            }
          }
          return null;
        });
  }
}
