package legible.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.model.Architecture;
import legible.model.Networks;
import legible.nn.DenseLayer;
import legible.nn.Sequential;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Models come back bit for bit, and equal models are equal bytes.
class ModelFileTest {
  @TempDir Path folder;

  static void assertSameBits(Weights expected, Weights actual) {
    assertEquals(ModelFile.specs(expected), ModelFile.specs(actual));
    for (Parameter p : expected.all()) {
      assertArrayEquals(bits(p.value()), bits(actual.get(p.name()).value()), p.name());
    }
  }

  private static int[] bits(Tensor tensor) {
    int[] bits = new int[tensor.size()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(tensor.data()[i]);
    }
    return bits;
  }

  @Test
  void readingGivesWhatWasWritten() throws IOException {
    ModelFile model = Samples.model();
    float[] values = model.weights().get("dense.weight").value().data();
    values[0] = -0f;
    values[1] = Float.MIN_VALUE;
    values[2] = Float.MAX_VALUE;
    Path path = folder.resolve("sample.legible");
    model.write(path);
    ModelFile again = ModelFile.read(path);
    assertEquals(model.architecture(), again.architecture());
    assertEquals(model.metadata(), again.metadata());
    assertSameBits(model.weights(), again.weights());
    assertArrayEquals(Files.readAllBytes(path), again.encode());
  }

  @Test
  void readsEveryNetworkOfTheEngine() throws IOException {
    for (Architecture network :
        List.of(Networks.logistic(), Networks.cnn(), Networks.kerasExample())) {
      ModelFile model = new ModelFile(network, network.initialize(1), new TreeMap<>());
      ModelFile again = ModelFile.decode("memory", model.encode());
      assertEquals(network, again.model().architecture());
      assertSameBits(model.weights(), again.weights());
    }
  }

  @Test
  void equalModelsAreEqualBytes() {
    SortedMap<String, String> reversed = new TreeMap<>((a, b) -> b.compareTo(a));
    reversed.putAll(Samples.metadata());
    ModelFile other =
        new ModelFile(Samples.architecture(), Samples.architecture().initialize(7), reversed);
    assertArrayEquals(Samples.model().encode(), other.encode());
    assertEquals(Samples.model().sha256(), other.sha256());
  }

  @Test
  void tensorsAreAlignedAndPlainFloats() {
    byte[] file = Samples.model().encode();
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int first = FileForge.dataOffset(file);
    assertEquals(0, first % 64);
    assertEquals(file.length, bytes.getLong(16));
    float[] expected = Samples.model().weights().get("conv.weight").value().data();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], bytes.getFloat(first + 4 * i));
    }
  }

  @Test
  void checksumsAreThoseOfAnyOtherProgram() throws Exception {
    ModelFile model = Samples.model();
    byte[] file = model.encode();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    assertEquals(HexFormat.of().formatHex(digest.digest(file)), model.sha256());
    byte[] before = Arrays.copyOf(file, file.length - 32);
    assertArrayEquals(
        digest.digest(before), Arrays.copyOfRange(file, file.length - 32, file.length));
    for (Parameter p : model.weights().all()) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * p.value().size()).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(p.value().data());
      digest.update(bytes);
    }
    assertEquals(HexFormat.of().formatHex(digest.digest()), model.weightsSha256());
  }

  @Test
  void oneBitOfAWeightChangesBothChecksums() {
    ModelFile model = Samples.model();
    String file = model.sha256();
    String weights = model.weightsSha256();
    float[] values = model.weights().get("dense.bias").value().data();
    values[0] = Math.nextUp(values[0]);
    assertNotEquals(file, model.sha256());
    assertNotEquals(weights, model.weightsSha256());
  }

  @Test
  void weightsHaveToFitTheArchitecture() {
    Architecture other = Networks.logistic();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ModelFile(Samples.architecture(), other.initialize(1), new TreeMap<>()));
    assertTrue(e.getMessage().contains("'conv.weight' [3, 3, 1, 2] is missing"), e.getMessage());
  }

  @Test
  void weightsThatAreNotFiniteAreNotWritten() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      ModelFile model = Samples.model();
      model.weights().get("dense.bias").value().data()[2] = bad;
      IllegalStateException e = assertThrows(IllegalStateException.class, model::encode);
      assertTrue(e.getMessage().contains("'dense.bias', element 2"), e.getMessage());
    }
  }

  @Test
  void whatTheReaderWouldRefuseIsNotWritten() {
    assertNotWritten(new Sequential("s", new DenseLayer("a b", 2, Activation.NONE)));
    assertNotWritten(new Sequential("s", new DenseLayer("ä", 2, Activation.NONE)));
    assertNotWritten(new Sequential("x".repeat(256)));
    Sequential deep = new Sequential("s");
    for (int i = 0; i < Limits.DEPTH; i++) {
      deep = new Sequential("s", deep);
    }
    assertNotWritten(deep);
    assertNotWritten(new Sequential("s", new DenseLayer("d", 1 << 21, Activation.NONE)));
  }

  private static void assertNotWritten(Sequential body) {
    Architecture architecture = new Architecture("a", Shape.of(1), body);
    ModelFile model = new ModelFile(architecture, architecture.initialize(1), new TreeMap<>());
    assertThrows(IllegalArgumentException.class, model::encode);
  }

  @Test
  void metadataHaveToBeNamesAndUnicode() {
    for (SortedMap<String, String> metadata :
        List.of(
            new TreeMap<>(Map.of("", "x")),
            new TreeMap<>(Map.of("a b", "x")),
            new TreeMap<>(Map.of("a", "\ud800")),
            new TreeMap<>(Map.of("a", "x".repeat(Limits.VALUE_BYTES + 1))))) {
      ModelFile model =
          new ModelFile(Samples.architecture(), Samples.architecture().initialize(7), metadata);
      assertThrows(IllegalArgumentException.class, model::encode);
    }
  }

  @Test
  void metadataMayBeAsLongAsAllowed() throws IOException {
    String longest = "x".repeat(Limits.VALUE_BYTES);
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put("k".repeat(Limits.NAME_BYTES), longest);
    metadata.put("empty", "");
    ModelFile model =
        new ModelFile(Samples.architecture(), Samples.architecture().initialize(7), metadata);
    assertEquals(metadata, ModelFile.decode("memory", model.encode()).metadata());
    assertEquals(Limits.VALUE_BYTES, longest.getBytes(StandardCharsets.UTF_8).length);
  }
}
