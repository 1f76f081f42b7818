package legible.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import legible.autograd.Parameter;
import legible.infer.Predictor;
import legible.kernel.KernelSet;
import legible.model.Model;
import legible.model.Networks;
import legible.model.ResNet;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Files that PyTorch wrote: `narrow_resnet.py` beside them made them.
class TorchResNetTest {
  private static Safetensors resource(String name) throws IOException {
    try (InputStream in = TorchResNetTest.class.getResourceAsStream(name)) {
      return Safetensors.decode(name, in.readAllBytes());
    }
  }

  private static ResNet network(Safetensors file) throws IOException {
    return TorchResNet.network("f", file, "resnet", 40);
  }

  @Test
  void logitsAreThoseOfPyTorch() throws IOException {
    Safetensors file = resource("narrow-resnet.safetensors");
    ResNet network = network(file);
    assertEquals(List.of(1, 2, 1), network.blocks());
    Model model = TorchResNet.read("f", file, network.architecture());
    Safetensors answers = resource("narrow-resnet-logits.safetensors");
    float[] expected = answers.tensor("logits").data();
    try (Predictor predictor =
        Predictor.create(model.architecture(), model.weights(), KernelSet.SCALAR, 1)) {
      float[] logits = predictor.logits(answers.tensor("input").data(), 3);
      float largest = 0;
      for (float value : expected) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertArrayEquals(expected, logits, 1e-4f * largest);
    }
  }

  @Test
  void writtenAndReadItIsTheSame() throws IOException {
    Safetensors file = resource("narrow-resnet.safetensors");
    Model model = TorchResNet.read("f", file, network(file).architecture());
    byte[] written = Safetensors.encode(TorchResNet.tensors(model), new TreeMap<>());
    Safetensors again = Safetensors.decode("g", written);
    Model second = TorchResNet.read("g", again, network(again).architecture());
    for (Parameter parameter : model.weights().all()) {
      assertArrayEquals(
          parameter.value().data(), second.weights().get(parameter.name()).value().data());
      String theirs = TorchResNet.name(parameter.name());
      assertArrayEquals(file.tensor(theirs).data(), again.tensor(theirs).data(), theirs);
    }
  }

  @Test
  void whatDoesNotFitIsListed() throws IOException {
    Safetensors file = resource("narrow-resnet.safetensors");
    Model model = TorchResNet.read("f", file, network(file).architecture());
    Map<String, Tensor> tensors = new LinkedHashMap<>(TorchResNet.tensors(model));
    tensors.remove("layer2.1.bn2.running_var");
    tensors.put("fc.bias", Tensor.zeros(Shape.of(8)));
    tensors.put("layer9.0.conv1.weight", Tensor.zeros(Shape.of(1)));
    String refusal = refusal(tensors);
    assertTrue(refusal.contains("missing: layer2.1.bn2.running_var;"), refusal);
    assertTrue(refusal.contains("too many: layer9.0.conv1.weight;"), refusal);
    assertTrue(refusal.contains("of another shape: fc.bias [8] instead of [7]"), refusal);
  }

  @Test
  void weightsThatAreNoNumbersAreRefused() throws IOException {
    Safetensors file = resource("narrow-resnet.safetensors");
    Model model = TorchResNet.read("f", file, network(file).architecture());
    Map<String, Tensor> tensors = TorchResNet.tensors(model);
    tensors.get("bn1.weight").data()[2] = Float.NaN;
    assertTrue(refusal(tensors).contains("tensor 'bn1.weight': finite numbers expected"));
  }

  private static String refusal(Map<String, Tensor> tensors) {
    return assertThrows(
            ModelFormatException.class,
            () -> {
              Safetensors file =
                  Safetensors.decode("g", Safetensors.encode(tensors, new TreeMap<>()));
              TorchResNet.read("g", file, network(file).architecture());
            })
        .getMessage();
  }

  @Test
  void otherNetworksHaveNoSuchNames() {
    assertThrows(
        IllegalArgumentException.class, () -> TorchResNet.tensors(Model.create(Networks.cnn(), 1)));
    byte[] cnn =
        Safetensors.encode(Map.of("conv1.weight", Tensor.zeros(Shape.of(2))), new TreeMap<>());
    assertThrows(ModelFormatException.class, () -> network(Safetensors.decode("g", cnn)));
  }
}
