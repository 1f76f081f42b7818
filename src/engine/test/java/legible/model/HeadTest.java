package legible.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import legible.autograd.Parameter;
import legible.kernel.Activation;
import legible.nn.DenseLayer;
import legible.nn.FlattenLayer;
import legible.nn.Layer;
import legible.nn.Sequential;
import legible.tensor.Shape;
import org.junit.jupiter.api.Test;

/// A network is taken apart and gets another last layer.
class HeadTest {
  /// The head is inside of a sequence inside of the network.
  private static final Architecture NESTED =
      network(
          new FlattenLayer("flatten"),
          new Sequential(
              "two",
              new DenseLayer("hidden", 6, Activation.RELU),
              new DenseLayer("head", 3, Activation.NONE)));

  private static Architecture network(Layer... layers) {
    return new Architecture("small", Shape.of(2, 2, 1), new Sequential("small", layers));
  }

  @Test
  void aNewHeadLeavesTheRestAsItWas() {
    Model model = Model.create(NESTED, 1);
    Model changed = model.withNewHead(5, 2);
    assertEquals(Shape.of(5), changed.architecture().output());
    assertEquals(List.of("small", "two"), sequences(changed.architecture().body()));
    Model drawn = Model.create(changed.architecture(), 2);
    for (Parameter parameter : changed.weights().all()) {
      Model source = parameter.name().startsWith("head.") ? drawn : model;
      assertArrayEquals(
          source.weights().get(parameter.name()).value().data(),
          parameter.value().data(),
          parameter.name());
    }
    changed.weights().get("hidden.weight").value().data()[0] += 1;
    assertTrue(
        model.weights().get("hidden.weight").value().data()[0]
            != changed.weights().get("hidden.weight").value().data()[0],
        "the parent's weights are its own");
  }

  private static List<String> sequences(Sequential body) {
    return Stream.concat(
            Stream.of(body.name()),
            body.layers().stream().filter(Sequential.class::isInstance).map(Layer::name))
        .toList();
  }

  @Test
  void partsFitTogether() {
    assertEquals(3, NESTED.body().row().size());
    for (int layers = 0; layers <= 3; layers++) {
      Architecture first = NESTED.first(layers);
      Architecture rest = NESTED.without(layers);
      assertEquals(first.output(), rest.input());
      assertEquals(NESTED.output(), rest.output());
      assertEquals(
          NESTED.declarations().size(), first.declarations().size() + rest.declarations().size());
    }
  }

  @Test
  void onlyADenseLayerIsAHead() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> network(new FlattenLayer("flatten")).withClasses(2))
            .getMessage();
    assertEquals("network 'small': a dense layer expected at the end, got 'flatten'", message);
    assertThrows(IllegalArgumentException.class, () -> network().head());
  }
}
