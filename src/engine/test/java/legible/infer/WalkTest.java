package legible.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.KernelVariant;
import legible.autograd.Inference;
import legible.autograd.Tape;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.Networks;
import legible.model.ResNet;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.DropoutLayer;
import legible.nn.FlattenLayer;
import legible.nn.MaxPoolLayer;
import legible.nn.ReluLayer;
import legible.nn.ResidualBlock;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WalkTest {
  /// Folds, a ReLU layer behind a maximum, a block whose input is needed twice, dropout.
  private static Architecture network() {
    Sequential body =
        new Sequential("body", new ConvLayer("inner", 4, 3, Padding.SAME, Activation.RELU));
    return new Architecture(
        "small",
        Shape.of(9, 8, 2),
        new Sequential(
            "all",
            new ConvLayer("conv", 4, 3, Padding.SAME, Activation.NONE),
            new BatchNormLayer("norm", Activation.NONE),
            new ReluLayer("relu"),
            new MaxPoolLayer("pool", 2),
            new ResidualBlock("block", body, new Sequential("none"), Activation.RELU),
            new FlattenLayer("flatten"),
            new DropoutLayer("dropout", 0.5f),
            new DenseLayer("dense", 3, Activation.NONE)));
  }

  /// Sums that a predictor does at the end of a convolution: of a projection, of the main path.
  private static Architecture bottlenecks() {
    return new ResNet("bottlenecks", Shape.of(9, 8, 3), 5, ResNet.Stem.SMALL, 8, List.of(2, 2))
        .architecture();
  }

  @ParameterizedTest
  @EnumSource
  void endsInThePredictorsLogits(KernelVariant variant) {
    for (Architecture network : List.of(network(), Networks.cnn(), bottlenecks())) {
      Weights weights = network.initialize(3);
      float[] input = random(network.input().size(), 5);
      float[] expected;
      try (Predictor predictor = Predictor.create(network, weights, KernelSet.SCALAR, 1)) {
        expected = predictor.logits(input, 1);
      }
      variant.with(
          workspace -> {
            Walk walk = new Walk(network, weights, workspace.kernels());
            List<Walk.Stage> stages = walk.run(input);
            assertArrayEquals(expected, stages.getLast().out().data(), network.name());
            walk.run(random(input.length, 6));
            assertArrayEquals(expected, stages.getLast().out().data(), "a walk keeps its values");
            return null;
          });
    }
  }

  /// The stored values are those of the operations one by one: no buffer was used twice.
  @Test
  void keepsEveryValue() {
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      Architecture network = network();
      Walk walk = new Walk(network, network.initialize(3), kernels);
      Workspace workspace = new Workspace(kernels);
      for (Walk.Stage stage : walk.run(random(network.input().size(), 5))) {
        assertArrayEquals(
            stage.op().forward(workspace, stage.in()).y().data(), stage.out().data(), stage.name());
      }
    }
  }

  @Test
  void namesStepsAfterTheirLayers() {
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      assertEquals(
          "conv[conv, norm] pool[pool] relu[relu] inner[inner] block[block] flatten[flatten]"
              + " dense[dense]",
          names(network(), kernels));
      assertEquals(
          "conv1[conv1] pool1[pool1] conv1.relu[conv1] conv2[conv2] pool2[pool2]"
              + " conv2.relu[conv2] flatten[flatten] dense1[dense1] dense2[dense2]",
          names(Networks.cnn(), kernels));
    }
  }

  private static String names(Architecture network, Kernels kernels) {
    Walk walk = new Walk(network, network.initialize(1), kernels);
    return String.join(
        " ",
        walk.run(new float[network.input().size()]).stream()
            .map(s -> s.name() + s.layers())
            .toList());
  }

  /// On a tape the same function, for a batch; its gradient is that of the layers one by one, here in
  /// a network in which nothing is folded and dropout is absent.
  @Test
  void goesBackToTheInput() {
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      Architecture network = Networks.cnn();
      Weights weights = network.initialize(3);
      Workspace workspace = new Workspace(kernels);
      Walk walk = new Walk(network, weights, kernels);
      Tensor x = Tensor.of(network.input().batchOf(3), random(3 * 784, 5));
      Tensor direction = Tensor.of(Shape.of(3, 10), random(30, 6));
      float[][] gradients = new float[2][];
      for (int way = 0; way < 2; way++) {
        try (Tape tape = new Tape(workspace, weights, p -> false, new CounterRandom(0))) {
          tape.watch(x);
          Tensor y = way == 0 ? walk.forward(tape, x) : network.forward(tape, x);
          gradients[way] = tape.backward(y, direction).of(x).data().clone();
        }
      }
      assertArrayEquals(gradients[1], gradients[0], 1e-6f);
    }
  }

  @Test
  void dropsNothingOut() {
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      Architecture network = network();
      Weights weights = network.initialize(3);
      Workspace workspace = new Workspace(kernels);
      Walk walk = new Walk(network, weights, kernels);
      Tensor x = Tensor.of(network.input().batchOf(1), random(network.input().size(), 5));
      try (Tape tape = new Tape(workspace, weights, p -> false, new CounterRandom(0));
          Inference inference = new Inference(workspace, weights)) {
        tape.watch(x);
        float[] expected = walk.run(x.data()).getLast().out().data();
        assertArrayEquals(expected, walk.forward(tape, x).data());
        assertArrayEquals(expected, walk.forward(inference, x).data());
      }
    }
  }

  @Test
  void refusesAnotherLength() {
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      Architecture network = network();
      Walk walk = new Walk(network, network.initialize(1), kernels);
      assertEquals(
          "Walk: input of 144 values expected, got 3",
          assertThrows(IllegalArgumentException.class, () -> walk.run(new float[3])).getMessage());
    }
  }

  private static float[] random(int size, long seed) {
    CounterRandom random = new CounterRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.uniform(i) * 2 - 1;
    }
    return values;
  }
}
