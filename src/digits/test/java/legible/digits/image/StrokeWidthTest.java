package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrokeWidthTest {
  private static final int SIZE = 160;

  /// A ring of this thickness that fills the picture.
  private static GrayImage ring(double thickness) {
    float[] ink = new float[SIZE * SIZE];
    for (int i = 0; i < ink.length; i++) {
      int row = i / SIZE;
      double x = i % SIZE - SIZE / 2.0 + 0.5;
      double y = row - SIZE / 2.0 + 0.5;
      double inwards = SIZE / 2.0 - Math.sqrt(x * x + y * y);
      ink[i] = inwards >= 0 && inwards <= thickness ? 1 : 0;
    }
    return new GrayImage(SIZE, SIZE, ink);
  }

  private static double area(GrayImage ink) {
    double sum = 0;
    for (float value : ink.values()) {
      sum += value;
    }
    return sum;
  }

  /// At 80 pixels MNIST's strokes are 11 wide: twice that is thinned, half of that thickened, and then
  /// nothing more is to be done.
  @Test
  void otherPensAreMadeAlike() {
    for (double thickness : new double[] {11, 44}) { // of 160 pixels
      Step step = StrokeWidth.normalize(ring(thickness)).orElseThrow();
      assertEquals("stroke", step.name());
      double before = area(Scaling.longerSide(ring(thickness), 80));
      assertEquals(thickness < 22, area(step.result()) > before);
      double width = Double.parseDouble(step.parameters().get("width"));
      assertEquals(thickness / 2, width, 1);
    }
  }

  @Test
  void mnistsPenIsLeftAlone() {
    assertEquals(Optional.empty(), StrokeWidth.normalize(ring(22)));
  }

  /// What is so small that nothing would remain stays as it is.
  @Test
  void aDotStays() {
    float[] ink = new float[25];
    Arrays.fill(ink, 1);
    Optional<Step> step = StrokeWidth.normalize(new GrayImage(5, 5, ink));
    assertTrue(step.isEmpty() || area(step.get().result()) > 30);
  }
}
