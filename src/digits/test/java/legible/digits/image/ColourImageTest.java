package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColourImageTest {
  private static ColourImage pattern() {
    float[] values = new float[21 * 17 * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 37 % 101 / 100f;
    }
    return new ColourImage(21, 17, values);
  }

  /// Values 0, 1, 2, 100, 101 and the last one of PyTorch's bilinear, antialiased `interpolate`.
  @ParameterizedTest
  @CsvSource({
    "8, 9, 8, 0.147936 0.517936 0.757392 0.365925 0.73333 0.842063",
    "34, 42, 34, 0.0 0.37 0.74 0.7325 0.345 0.99"
  })
  void scalesAsPyTorch(int side, int width, int height, String values) {
    ColourImage scaled = pattern().shorterSide(side);
    assertEquals(width, scaled.width());
    assertEquals(height, scaled.height());
    float[] v = scaled.values();
    float[] got = {v[0], v[1], v[2], v[100], v[101], v[v.length - 1]};
    String[] words = values.split(" ", -1);
    float[] expected = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      expected[i] = Float.parseFloat(words[i]);
    }
    assertArrayEquals(expected, got, 1e-5f);
  }

  @Test
  void cutsTheMiddleOut() {
    ColourImage middle = pattern().middle(3);
    assertEquals(27, middle.values().length);
    assertEquals(pattern().values()[(7 * 21 + 9) * 3], middle.values()[0]);
    assertEquals(pattern().values()[(9 * 21 + 11) * 3 + 2], middle.values()[26]);
  }
}
