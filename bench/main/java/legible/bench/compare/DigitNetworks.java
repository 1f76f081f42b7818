package legible.bench.compare;

import java.util.Iterator;
import java.util.stream.IntStream;
import legible.autograd.Weights;
import legible.bench.protocol.Numbers;
import legible.model.Architecture;
import legible.model.Networks;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// The two networks of the comparisons, with the weights that every engine gets.
final class DigitNetworks {
  private DigitNetworks() {}

  static Architecture of(String name) {
    return switch (name) {
      case "cnn" -> Networks.cnn();
      case "keras-example" -> Networks.kerasExample();
      default ->
          throw new IllegalArgumentException(
              "DigitNetworks: cnn or keras-example expected, got " + name);
    };
  }

  static Weights weights(Architecture architecture) {
    Iterator<Integer> positions = IntStream.iterate(0, i -> i + 1).iterator();
    return architecture.weights(
        d -> Tensor.of(d.shape(), Numbers.parameter(positions.next(), d.shape().toArray())));
  }

  static Tensor pictures(Architecture architecture, int batch) {
    Shape shape = architecture.input().batchOf(batch);
    return Tensor.of(shape, Numbers.pictures(shape.size()));
  }
}
