package legible.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import legible.KernelVariant;
import legible.autograd.Inference;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.Declaration;
import legible.nn.GlobalAveragePoolLayer;
import legible.nn.ResidualBlock;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworksTest {
  private static long parameters(Architecture architecture) {
    return architecture.initialize(1).trainedCount();
  }

  @Test
  void parameterCounts() {
    assertEquals(784 * 10 + 10, parameters(Networks.logistic()));
    assertEquals(206_922, parameters(Networks.cnn()));
    assertEquals(34_826, parameters(Networks.kerasExample()));
  }

  @Test
  void summaryOfTheCnn() {
    assertEquals(
        """
        Model: "cnn"
        ───────────────────────────────────────────────
        Layer (kind)        Output shape     Parameters
        ───────────────────────────────────────────────
        conv1 (conv2d)      [N, 28, 28, 16]         160
        pool1 (max-pool2d)  [N, 14, 14, 16]           0
        conv2 (conv2d)      [N, 14, 14, 32]       4,640
        pool2 (max-pool2d)  [N, 7, 7, 32]             0
        flatten (flatten)   [N, 1568]                 0
        dense1 (dense)      [N, 128]            200,832
        dense2 (dense)      [N, 10]               1,290
        ───────────────────────────────────────────────
        Total parameters: 206,922
        Trainable: 206,922
        Statistics: 0
        """,
        Model.create(Networks.cnn(), 1).summary());
  }

  /// Layers inside of a block are indented, and statistics are counted apart.
  @Test
  void summaryOfABlock() {
    Architecture architecture =
        new Architecture(
            "small",
            Shape.of(4, 4, 2),
            new Sequential(
                "small",
                new ResidualBlock(
                    "block",
                    new Sequential(
                        "body",
                        new ConvLayer("conv", 2, 3, Padding.SAME, Activation.NONE),
                        new BatchNormLayer("norm", Activation.NONE)),
                    new Sequential("shortcut"),
                    Activation.RELU),
                new GlobalAveragePoolLayer("mean")));
    assertEquals(
        """
        Model: "small"
        ────────────────────────────────────────────────────
        Layer (kind)                Output shape  Parameters
        ────────────────────────────────────────────────────
        block (residual)            [N, 4, 4, 2]          46
          body (sequential)         [N, 4, 4, 2]          46
            conv (conv2d)           [N, 4, 4, 2]          38
            norm (batch-norm)       [N, 4, 4, 2]           8
          shortcut (sequential)     [N, 4, 4, 2]           0
        mean (global-average-pool)  [N, 2]                 0
        ────────────────────────────────────────────────────
        Total parameters: 46
        Trainable: 42
        Statistics: 4
        """,
        Model.create(architecture, 1).summary());
  }

  @ParameterizedTest
  @EnumSource
  void outputShapes(KernelVariant variant) {
    for (Architecture architecture :
        List.of(Networks.logistic(), Networks.cnn(), Networks.kerasExample())) {
      assertEquals(Shape.of(28, 28, 1), architecture.input());
      assertEquals(Shape.of(10), architecture.output());
      Weights weights = architecture.initialize(1);
      variant.with(
          workspace -> {
            try (Inference inference = new Inference(workspace, weights)) {
              Tensor x = Tensor.zeros(Shape.of(3, 28, 28, 1));
              assertEquals(Shape.of(3, 10), architecture.forward(inference, x).shape());
            }
            return null;
          });
    }
  }

  /// Each parameter has a stream of its own name: the seed decides, and equal shapes differ.
  @Test
  void initialization() {
    Architecture cnn = Networks.cnn();
    Weights first = cnn.initialize(1);
    Weights again = cnn.initialize(1);
    Weights other = cnn.initialize(2);
    for (Declaration declaration : cnn.declarations()) {
      float[] values = first.get(declaration.name()).value().data();
      assertArrayEquals(values, again.get(declaration.name()).value().data());
      if (declaration.name().endsWith("weight")) {
        assertFalse(Arrays.equals(values, other.get(declaration.name()).value().data()));
      }
    }
    float[] dense = first.get("dense2.weight").value().data();
    float[] conv = first.get("conv2.weight").value().data();
    assertFalse(Math.abs(dense[0] / conv[0] - dense[1] / conv[1]) < 1e-6);
  }
}
