package legible.digits.finetune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import legible.digits.image.Box;
import legible.digits.image.GrayImage;
import legible.digits.numbers.LineStrip;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

class LineJitterTest {
  private static final int COLUMNS = 128;
  private static final int SIZE = LineStrip.ROWS * COLUMNS;

  /// Three dark bars on white.
  private static GrayImage bars(int width, int height) {
    float[] light = new float[width * height];
    Arrays.fill(light, 1);
    for (int y = height / 4; y < 3 * height / 4; y++) {
      for (int bar = 1; bar < 4; bar++) {
        int left = y * width + bar * width / 4;
        Arrays.fill(light, left, left + Math.max(3, width / 25), 0);
      }
    }
    return new GrayImage(width, height, light);
  }

  private static float[] strip(GrayImage sheet, int seed) {
    float[] target = new float[SIZE + 2];
    Arrays.fill(target, -7);
    Box all = new Box(0, 0, sheet.width(), sheet.height());
    new LineJitter(new CounterRandom(seed)).draw(sheet, all, target, 1, COLUMNS);
    assertEquals(-7, target[0]);
    assertEquals(-7, target[SIZE + 1]);
    return Arrays.copyOfRange(target, 1, SIZE + 1);
  }

  /// Ink in [0, 1]; the same stream gives the same strip, another one another; all bars are inside,
  /// in long lines too.
  @Test
  void stripsDifferButShowTheSame() {
    for (GrayImage sheet : new GrayImage[] {bars(100, 40), bars(400, 40), bars(60, 60)}) {
      for (int seed = 0; seed < 20; seed++) {
        float[] strip = strip(sheet, seed);
        assertArrayEquals(strip, strip(sheet, seed));
        assertFalse(Arrays.equals(strip, strip(sheet, seed + 1)));
        for (float ink : strip) {
          assertTrue(ink >= 0 && ink <= 1, "" + ink);
        }
        assertEquals(3, bars(strip), "seed " + seed);
      }
    }
  }

  /// Bars along the middle row.
  private static int bars(float[] strip) {
    int count = 0;
    boolean ink = false;
    for (int x = 0; x < COLUMNS; x++) {
      boolean now = strip[LineStrip.ROWS / 2 * COLUMNS + x] > (ink ? 0.2f : 0.4f);
      count += now && !ink ? 1 : 0;
      ink = now;
    }
    return count;
  }
}
