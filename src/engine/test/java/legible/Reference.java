package legible;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Tensors that another library computed; `make_reference.py` beside the files tells how.
public final class Reference {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private Reference() {}

  /// Reads a file of the folder `reference`.
  public static Reference read(String name) {
    Reference reference = new Reference();
    try (InputStream stream = Reference.class.getResourceAsStream("/reference/" + name + ".txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          int colon = line.indexOf(':');
          reference.tensors.put(
              line.substring(0, colon), parse(line.substring(colon + 1), lines.readLine()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return reference;
  }

  private static Tensor parse(String shape, String values) {
    String[] words = values.split(" ");
    float[] data = new float[words.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = Float.parseFloat(words[i]);
    }
    int[] dimensions =
        Arrays.stream(shape.split(" "))
            .filter(word -> !word.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    return Tensor.of(Shape.of(dimensions), data);
  }

  /// A tensor of the file, a copy.
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("one of " + tensors.keySet() + " expected, got " + name);
    }
    return tensor.copy();
  }

  /// Checks `max|actual - expected| <= tolerance·max|expected|`.
  public void assertNear(String name, Tensor actual, double tolerance) {
    Tensor expected = get(name);
    assertEquals(expected.shape(), actual.shape(), name);
    double largest = 0;
    for (float value : expected.data()) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.size(); i++) {
      double difference = Math.abs((double) actual.data()[i] - expected.data()[i]);
      if (!(difference <= tolerance * largest)) {
        fail(
            "%s[%d]: expected %s, got %s, which is off by %.2g of the largest"
                .formatted(name, i, expected.data()[i], actual.data()[i], difference / largest));
      }
    }
  }
}
