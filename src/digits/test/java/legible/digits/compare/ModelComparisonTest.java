package legible.digits.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import legible.format.ModelFile;
import legible.kernel.Activation;
import legible.model.Architecture;
import legible.nn.DenseLayer;
import legible.nn.ReluLayer;
import legible.nn.Sequential;
import legible.tensor.Shape;
import org.junit.jupiter.api.Test;

class ModelComparisonTest {
  private static Architecture architecture(int units) {
    return new Architecture(
        "net",
        Shape.of(6),
        new Sequential(
            "net",
            new ReluLayer("first"),
            new DenseLayer("one", units, Activation.NONE),
            new DenseLayer("two", 3, Activation.RELU)));
  }

  private static ModelFile model(Architecture architecture, Consumer<float[]> change) {
    ModelFile model =
        new ModelFile(architecture, architecture.initialize(1), new TreeMap<>(Map.of("a", "b")));
    change.accept(model.weights().get("two.weight").value().data());
    return model;
  }

  private static List<String> different(List<ModelComparison.Line> lines) {
    return lines.stream().filter(l -> !l.isEqual()).map(ModelComparison.Line::name).toList();
  }

  @Test
  void equalModelsAreIdentical() {
    ModelFile a = model(architecture(4), w -> {});
    ModelComparison same = ModelComparison.of(a, model(architecture(4), w -> {}));
    assertTrue(same.isIdentical() && same.weightsAreIdentical());
    assertEquals(4, same.tensors().size());
    assertEquals(OptionalInt.empty(), same.tensors().getFirst().first());
  }

  /// By hand: one float up from 1 is 2^-23 away, from -0.5 to 0.25 lie all floats from 0.25 down to
  /// 0 and from 0 to -0.5, and +0 and -0 differ without being apart.
  @Test
  void elementsAreComparedByBits() {
    ModelFile a = model(architecture(4), w -> put(w, 1f, -0.5f, 0f));
    ModelFile b = model(architecture(4), w -> put(w, Math.nextUp(1f), 0.25f, -0f));
    TensorComparison two = ModelComparison.of(a, b).tensors().get(2);
    assertEquals("two.weight", two.name());
    assertEquals(3, two.different());
    assertEquals(OptionalInt.of(5), two.first());
    assertEquals("[1, 2]", TensorComparison.place(two.shape(), 5));
    assertEquals(0.75, two.maxAbsolute());
    assertEquals(0x3f000000L + 0x3e800000, two.maxUlp());
    assertFalse(two.sha256A().equals(two.sha256B()));
    TensorComparison ulp =
        ModelComparison.of(
                model(architecture(4), w -> put(w, 1f, 0f, 0f)),
                model(architecture(4), w -> put(w, Math.nextUp(1f), 0f, -0f)))
            .tensors()
            .get(2);
    assertEquals(1, ulp.maxUlp());
    assertEquals(0x1p-23, ulp.maxAbsolute());
    assertEquals(2, ulp.different());
  }

  private static void put(float[] weights, float... values) {
    System.arraycopy(values, 0, weights, 5, values.length);
  }

  @Test
  void layersAreComparedByName() {
    ModelFile a = model(architecture(4), w -> {});
    ModelComparison wider = ModelComparison.of(a, model(architecture(5), w -> {}));
    assertEquals(List.of("one"), different(wider.architecture()));
    assertEquals(List.of("one.weight", "one.bias", "two.weight"), different(wider.otherTensors()));
    assertFalse(wider.isIdentical() || wider.weightsAreIdentical());
    Sequential exchanged =
        new Sequential(
            "net",
            new DenseLayer("one", 4, Activation.NONE),
            new ReluLayer("first"),
            new DenseLayer("two", 3, Activation.RELU));
    ModelComparison order =
        ModelComparison.of(a, model(new Architecture("net", Shape.of(6), exchanged), w -> {}));
    assertEquals(List.of("(order)"), different(order.architecture()));
    assertFalse(order.isIdentical());
    assertTrue(order.weightsAreIdentical());
  }

  @Test
  void provenanceAndSignaturesCount() throws GeneralSecurityException {
    ModelFile a = model(architecture(4), w -> {});
    ModelFile b =
        new ModelFile(a.architecture(), a.weights(), new TreeMap<>(Map.of("a", "c", "d", "e")));
    assertEquals(List.of("a", "d"), different(ModelComparison.of(a, b).provenance()));
    assertFalse(ModelComparison.of(a, b).isIdentical());
    ModelFile signed = a.signed(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    ModelComparison comparison = ModelComparison.of(a, signed);
    assertEquals(List.of("(signature)"), different(comparison.provenance()));
    assertFalse(comparison.isIdentical());
    assertTrue(comparison.weightsAreIdentical());
  }
}
