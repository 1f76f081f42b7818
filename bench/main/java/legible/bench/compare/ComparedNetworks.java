package legible.bench.compare;

import java.util.Iterator;
import java.util.stream.IntStream;
import legible.autograd.Weights;
import legible.bench.protocol.Numbers;
import legible.model.Architecture;
import legible.model.Networks;
import legible.model.ResNet;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.train.Adam;
import legible.train.Optimizer;
import legible.train.Sgd;

/// The networks of the comparisons. Those of digits have the weights that every engine gets; a ResNet-50
/// has its own, since its speed does not depend on them.
final class ComparedNetworks {
  private static final String RESIDUAL = "resnet50";

  private ComparedNetworks() {}

  static Architecture of(String name) {
    return switch (name) {
      case "cnn" -> Networks.cnn();
      case "keras-example" -> Networks.kerasExample();
      case "resnet50-32" -> ResNet.fifty(Shape.of(32, 32, 1), 10).architecture();
      case "resnet50-224" -> ResNet.fifty(Shape.of(224, 224, 3), 1000).architecture();
      default ->
          throw new IllegalArgumentException(
              "ComparedNetworks: cnn, keras-example, resnet50-32 or resnet50-224 expected, got "
                  + name);
    };
  }

  /// As in training: residual networks by momentum, the others by Adam.
  static Optimizer optimizer(Architecture architecture) {
    return isResidual(architecture) ? new Sgd(0.9f, true, 5e-4f) : Adam.standard();
  }

  private static boolean isResidual(Architecture architecture) {
    return architecture.name().equals(RESIDUAL);
  }

  static Weights weights(Architecture architecture) {
    if (isResidual(architecture)) {
      return architecture.initialize(1);
    }
    Iterator<Integer> positions = IntStream.iterate(0, i -> i + 1).iterator();
    return architecture.weights(
        d -> Tensor.of(d.shape(), Numbers.parameter(positions.next(), d.shape().toArray())));
  }

  static Tensor pictures(Architecture architecture, int batch) {
    Shape shape = architecture.input().batchOf(batch);
    return Tensor.of(shape, Numbers.pictures(shape.size()));
  }
}
