package legible.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import legible.KernelVariant;
import legible.autograd.Inference;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.Networks;
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
import legible.tensor.Tensor;
import legible.tensor.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictorTest {
  /// Without batch normalisation nothing is folded: the layers one by one give the same bits.
  @ParameterizedTest
  @EnumSource
  void equalsTheLayersOneByOne(KernelVariant variant) {
    for (Architecture network :
        List.of(Networks.logistic(), Networks.cnn(), Networks.kerasExample())) {
      Weights weights = network.initialize(3);
      for (int samples : new int[] {1, 2, 5, 37}) {
        float[] inputs = random(samples * network.input().size(), samples);
        assertArrayEquals(
            oneByOne(network, weights, inputs, samples),
            predict(variant, network, weights, inputs, samples),
            network.name() + " of " + samples);
      }
    }
  }

  /// Every way of folding and every kind of step. Each logit is a sum of some hundred products of
  /// numbers about 1, so that a wrong fold shows in the first digits.
  @ParameterizedTest
  @EnumSource
  void foldsBatchNormalization(KernelVariant variant) {
    Architecture network = residual();
    Weights weights = unsettled(network.initialize(5));
    float[] inputs = random(6 * network.input().size(), 1);
    float[] expected = oneByOne(network, weights, inputs, 6);
    float[] actual = predict(variant, network, weights, inputs, 6);
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertArrayEquals(expected, actual, 1e-5f * largest);
  }

  /// What is in the batch, the threads and the kernels do not change a bit.
  @Test
  void sameBitsEverywhere() {
    Architecture network = residual();
    Weights weights = unsettled(network.initialize(7));
    int size = network.input().size();
    float[] inputs = random(19 * size, 2);
    float[] all = predict(KernelVariant.SCALAR_1, network, weights, inputs, 19);
    for (KernelVariant variant : KernelVariant.values()) {
      assertArrayEquals(all, predict(variant, network, weights, inputs, 19), variant.name());
    }
    int classes = all.length / 19;
    for (int sample = 0; sample < 19; sample++) {
      float[] one = new float[size];
      System.arraycopy(inputs, sample * size, one, 0, size);
      float[] expected = new float[classes];
      System.arraycopy(all, sample * classes, expected, 0, classes);
      assertArrayEquals(expected, predict(KernelVariant.SCALAR_1, network, weights, one, 1));
    }
  }

  @Test
  void servesManyThreads() throws Exception {
    Architecture network = Networks.cnn();
    Weights weights = network.initialize(1);
    try (Predictor predictor = Predictor.create(network, weights, KernelSet.SCALAR, 2);
        ExecutorService callers = Executors.newFixedThreadPool(4)) {
      List<Future<float[]>> answers = new ArrayList<>();
      for (int call = 0; call < 24; call++) {
        int samples = 1 + call % 6;
        float[] inputs = random(samples * 784, call % 3);
        answers.add(callers.submit(() -> predictor.logits(inputs, samples)));
      }
      for (int call = 0; call < answers.size(); call++) {
        int samples = 1 + call % 6;
        assertArrayEquals(
            oneByOne(network, weights, random(samples * 784, call % 3), samples),
            answers.get(call).get());
      }
    }
  }

  /// ```
  ///  28·28·16 outputs of 9 weights, 14·14·32 of 144, 128 of 1568, 10 of 128
  /// ```
  @Test
  void productsAreCounted() {
    Architecture cnn = Networks.cnn();
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      assertEquals(
          112_896 + 903_168 + 200_704 + 1_280,
          Program.compile(cnn, cnn.initialize(1), kernels).products());
    }
  }

  @Test
  void takesFewBuffers() {
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1)) {
      Architecture cnn = Networks.cnn();
      assertEquals(2, Program.compile(cnn, cnn.initialize(1), kernels).buffers().size());
      Architecture residual = residual();
      Program program = Program.compile(residual, residual.initialize(1), kernels);
      assertEquals(3, program.buffers().size());
      assertTrue(
          program.steps().stream().filter(Step.Normalize.class::isInstance).count() == 1,
          "all but the first batch normalisation are folded");
      assertTrue(
          program.steps().stream().noneMatch(Step.Sum.class::isInstance),
          "the sums are done by convolutions");
      assertTrue(
          program.steps().stream().filter(step -> addsInPlace(step)).count() == 2,
          "into what they are added to");
    }
  }

  @Test
  void doublesItsInput() {
    Sequential nothing = new Sequential("nothing");
    Architecture network =
        new Architecture(
            "twice",
            Shape.of(2, 2, 1),
            new Sequential(
                "all",
                new ResidualBlock("block", nothing, nothing, Activation.NONE),
                new FlattenLayer("flatten")));
    float[] logits =
        predict(
            KernelVariant.SCALAR_1, network, network.initialize(1), new float[] {1, 2, 3, 4}, 1);
    assertArrayEquals(new float[] {2, 4, 6, 8}, logits);
  }

  @Test
  void probabilitiesSumToOne() {
    Architecture network = Networks.cnn();
    try (Predictor predictor =
        Predictor.create(network, network.initialize(1), KernelSet.SCALAR, 1)) {
      float[] probabilities = predictor.softmax(predictor.logits(random(784, 1), 1), 1);
      float sum = 0;
      for (float probability : probabilities) {
        sum += probability;
      }
      assertEquals(10, probabilities.length);
      assertEquals(1, sum, 1e-6f);
    }
  }

  @Test
  void refusesWrongLengthsAndCallsAfterClose() {
    Architecture network = Networks.logistic();
    Predictor predictor = Predictor.create(network, network.initialize(1), KernelSet.SCALAR, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> predictor.logits(new float[783], 1))
            .getMessage();
    assertEquals("Predictor: inputs of 1 x 784 values expected, got 783", message);
    predictor.close();
    assertThrows(IllegalStateException.class, () -> predictor.logits(new float[784], 1));
  }

  private static boolean addsInPlace(Step step) {
    return step instanceof Step.Convolve convolve
        && convolve.residual().equals(OptionalInt.of(convolve.to()));
  }

  /// Batch normalisation before and behind convolutions and a dense layer, ReLU layers, a residual
  /// block with a projection, all three poolings.
  private static Architecture residual() {
    Sequential body =
        new Sequential(
            "body",
            convolution("conv2", 12, 3, 2),
            new BatchNormLayer("norm2", Activation.RELU),
            convolution("conv3", 20, 3, 1),
            new BatchNormLayer("norm3", Activation.NONE));
    Sequential shortcut =
        new Sequential(
            "shortcut",
            convolution("project", 20, 1, 2),
            new BatchNormLayer("norm4", Activation.NONE));
    return new Architecture(
        "residual",
        Shape.of(13, 11, 3),
        new Sequential(
            "all",
            new BatchNormLayer("norm0", Activation.NONE),
            convolution("conv1", 8, 3, 1),
            new BatchNormLayer("norm1", Activation.NONE),
            new ReluLayer("relu1"),
            new MaxPoolLayer("pool", 2),
            new ResidualBlock("block", body, shortcut, Activation.NONE),
            new ResidualBlock(
                "identity",
                new Sequential(
                    "bottleneck",
                    convolution("conv4", 5, 1, 1),
                    new BatchNormLayer("norm6", Activation.RELU),
                    convolution("conv5", 20, 1, 1),
                    new BatchNormLayer("norm7", Activation.NONE)),
                new Sequential("nothing"),
                Activation.RELU),
            new ReluLayer("relu2"),
            new AveragePoolLayer("average", 2),
            new GlobalAveragePoolLayer("global"),
            new FlattenLayer("flatten"),
            new DenseLayer("dense1", 9, Activation.NONE),
            new BatchNormLayer("norm5", Activation.RELU),
            new DenseLayer("dense2", 4, Activation.NONE)));
  }

  private static ConvLayer convolution(String name, int filters, int kernel, int stride) {
    return new ConvLayer(
        name, filters, kernel, stride, Padding.SAME, false, Activation.NONE, Initializer.HE);
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

  private static float[] predict(
      KernelVariant variant, Architecture network, Weights weights, float[] inputs, int samples) {
    return variant.with(
        workspace -> {
          Kernels kernels = workspace.kernels();
          try (Predictor predictor =
              Predictor.create(network, weights, kernels.set(), kernels.parallel().threads())) {
            float[] first = predictor.logits(inputs, samples);
            assertArrayEquals(first, predictor.logits(inputs, samples), "a second call");
            return first;
          }
        });
  }

  private static float[] oneByOne(
      Architecture network, Weights weights, float[] inputs, int samples) {
    try (Kernels kernels = Kernels.create(KernelSet.SCALAR, 1);
        Inference inference = new Inference(new Workspace(kernels), weights)) {
      Tensor x = Tensor.of(network.input().batchOf(samples), inputs);
      return network.forward(inference, x).data().clone();
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
