package legible.digits.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.autograd.Weights;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.format.ModelFile;
import legible.infer.Walk;
import legible.infer.Walk.Stage;
import legible.kernel.Activation;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.nn.AveragePoolLayer;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.FlattenLayer;
import legible.nn.GlobalAveragePoolLayer;
import legible.nn.Initializer;
import legible.nn.MaxPoolLayer;
import legible.nn.ReluLayer;
import legible.nn.ResidualBlock;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  /// The kinds that a network without training operations can have: all of them.
  private static final Set<String> OPERATIONS =
      Set.of(
          "Add",
          "AveragePool2d",
          "Conv2d",
          "Dense",
          "FixedBatchNorm",
          "GlobalAveragePool",
          "MaxPool2d",
          "Relu",
          "Reshape");

  /// Batch normalisation that is folded and that is not, strides, odd padding, overlapping poolings
  /// with padding, ReLUs in every place, a residual block.
  private static Architecture network() {
    Sequential body =
        new Sequential(
            "body",
            convolution("conv2", 3, 2, Padding.SAME),
            new BatchNormLayer("norm2", Activation.RELU),
            convolution("conv3", 2, 1, Padding.SAME));
    Sequential shortcut = new Sequential("shortcut", convolution("project", 1, 2, Padding.VALID));
    return new Architecture(
        "small",
        Shape.of(13, 12, 3),
        new Sequential(
            "all",
            new BatchNormLayer("norm0", Activation.RELU),
            convolution("conv1", 3, 1, Padding.pixels(2)),
            new BatchNormLayer("norm1", Activation.RELU),
            new MaxPoolLayer("largest", 3, 2, Padding.pixels(1)),
            new ResidualBlock("block", body, shortcut, Activation.RELU),
            new AveragePoolLayer("average", 3, 1, Padding.SAME),
            new ReluLayer("relu"),
            new GlobalAveragePoolLayer("global"),
            new FlattenLayer("flatten"),
            new DenseLayer("dense1", 9, Activation.RELU),
            new DenseLayer("dense2", 4, Activation.NONE)));
  }

  private static ConvLayer convolution(String name, int kernel, int stride, Padding padding) {
    return new ConvLayer(name, 5, kernel, stride, padding, false, Activation.NONE, Initializer.HE);
  }

  @Test
  void endsInTheStoredBitsForEveryOutputOfASmallNetwork() {
    try (Kernels kernels = Kernels.best(1)) {
      Architecture network = network();
      Walk walk = new Walk(network, unsettled(network.initialize(5)), kernels);
      Set<String> seen = new HashSet<>();
      for (Stage stage : walk.run(random(network.input().size(), 1))) {
        seen.add(stage.op().getClass().getSimpleName());
        for (List<Integer> at : places(stage.out().shape().withoutFirst(), 1)) {
          assertExact(stage, at);
        }
      }
      assertEquals(OPERATIONS, seen);
    }
  }

  /// Corners, borders and the middle of every step.
  @Test
  void endsInTheStoredBitsOfTheShippedNetwork() throws IOException {
    ModelFile model = ModelFile.read(Repository.ROOT.resolve("models").resolve("cnn.legible"));
    LabelledImages images = Mnist.test(Repository.MNIST).images();
    try (Kernels kernels = Kernels.best(1)) {
      Walk walk = new Walk(model.architecture(), model.weights(), kernels);
      for (int image = 0; image < 2; image++) {
        float[] pixels = new float[784];
        for (int i = 0; i < pixels.length; i++) {
          pixels[i] = (images.pixels()[images.offset(image) + i] & 0xff) / 255f;
        }
        for (Stage stage : walk.run(pixels)) {
          for (List<Integer> at : places(stage.out().shape().withoutFirst(), 7)) {
            assertExact(stage, at);
          }
        }
      }
    }
  }

  private static void assertExact(Stage stage, List<Integer> at) {
    Arithmetic sum = Arithmetic.of(stage, at);
    assertTrue(
        sum.isExact(),
        () ->
            "%s at %s ends in %s, stored is %s"
                .formatted(
                    stage.name(),
                    at,
                    Float.toHexString(sum.total()),
                    Float.toHexString(sum.stored())));
  }

  /// Every step-th place of each axis, and the last one.
  private static List<List<Integer>> places(Shape shape, int step) {
    List<List<Integer>> places = new ArrayList<>(List.of(List.of()));
    for (int axis = 0; axis < shape.rank(); axis++) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> place : places) {
        for (int i = 0; i < shape.dimension(axis); i++) {
          if (i % step == 0 || i == shape.dimension(axis) - 1) {
            List<Integer> next = new ArrayList<>(place);
            next.add(i);
            longer.add(List.copyOf(next));
          }
        }
      }
      places = longer;
    }
    return places;
  }

  /// In a corner of a padded convolution 4 of 9 positions take part, in the middle all.
  @Test
  void listsEveryProduct() {
    try (Kernels kernels = Kernels.best(1)) {
      Architecture network =
          new Architecture(
              "one",
              Shape.of(4, 4, 2),
              new Sequential(
                  "all",
                  new ConvLayer("conv", 3, 3, Padding.SAME, Activation.RELU),
                  new FlattenLayer("flatten"),
                  new DenseLayer("dense", 2, Activation.NONE)));
      Walk walk = new Walk(network, network.initialize(1), kernels);
      List<Stage> stages = walk.run(random(32, 1));
      assertEquals(4 * 2, Arithmetic.of(stages.get(0), List.of(0, 3, 1)).products());
      Arithmetic middle = Arithmetic.of(stages.get(0), List.of(1, 2, 1));
      assertEquals(9 * 2, middle.products());
      assertEquals(1 + 18 + 1, middle.terms().size());
      assertEquals("x[0,1,0]", middle.terms().get(1).operands().get(0).name());
      assertEquals("w[0,0,0,1]", middle.terms().get(1).operands().get(1).name());
      assertEquals("x[2,3,1]", middle.terms().get(18).operands().get(0).name());
      assertEquals(48, Arithmetic.of(stages.get(2), List.of(1)).products());
      assertEquals(
          "Arithmetic: a place within [4, 4, 3] expected, got [4, 0, 0]",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Arithmetic.of(stages.get(0), List.of(4, 0, 0)))
              .getMessage());
    }
  }

  /// Completeness: the error falls with the number of steps, and the gradient is the slope.
  @Test
  void attributionsAddUp() {
    try (Kernels kernels = Kernels.best(1)) {
      Architecture network = network();
      Walk walk = new Walk(network, unsettled(network.initialize(5)), kernels);
      float[] x = random(network.input().size(), 1);
      Saliency saliency = Saliency.of(walk, kernels, network.input(), x, 2, 512);
      assertTrue(Math.abs(saliency.difference()) > 0.01, () -> "f moves: " + saliency);
      assertTrue(saliency.relativeError() < 0.01, () -> "error " + saliency.relativeError());
      int steepest = 0;
      for (int i = 0; i < x.length; i++) {
        if (Math.abs(saliency.gradient()[i]) > Math.abs(saliency.gradient()[steepest])) {
          steepest = i;
        }
      }
      float step = 1e-3f;
      double[] sides = new double[2];
      for (int side = 0; side < 2; side++) {
        float[] moved = x.clone();
        moved[steepest] += side == 0 ? -step : step;
        sides[side] = walk.run(moved).getLast().out().data()[2];
      }
      double slope = (sides[1] - sides[0]) / (2 * step);
      assertEquals(slope, saliency.gradient()[steepest], 0.01 * Math.abs(slope));
    }
  }

  /// Statistics, scales and shifts that are not those of a new model.
  private static Weights unsettled(Weights weights) {
    for (Parameter parameter : weights.all()) {
      if (parameter.role() != Role.WEIGHT) {
        float[] values = parameter.value().data();
        float[] noise = random(values.length, parameter.name().length());
        for (int i = 0; i < values.length; i++) {
          values[i] = values[i] * (1 + noise[i] * 0.5f) + 0.1f * noise[i];
        }
      }
    }
    return weights;
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
