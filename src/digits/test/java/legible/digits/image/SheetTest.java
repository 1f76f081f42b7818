package legible.digits.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;

/// The steps between a photograph and ink: ground, polarity, thresholds, pieces, cleaning.
class SheetTest {
  private static final int SIZE = 80;

  /// A ring of ink, as a 0 is written.
  private static boolean ring(int x, int y) {
    double radius = Math.hypot(x - 40, (y - 40) * 0.8);
    return radius > 14 && radius < 18;
  }

  private interface Ground {
    float at(int x, int y);
  }

  private static GrayImage sheet(Ground ground, float ink) {
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      values[i] = ground.at(x, y) * (ring(x, y) ? ink : 1);
    }
    return new GrayImage(SIZE, SIZE, values);
  }

  /// The closing by its definition: the smallest of the largest values in windows.
  @Test
  void theGroundIsTheClosing() {
    CounterRandom random = new CounterRandom(5);
    for (int width : new int[] {23, 64, 70}) { // narrower than a strip of columns, as wide, wider
      float[] values = new float[width * 31];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.uniform(i);
      }
      GrayImage image = new GrayImage(width, 31, values);
      float[] largest = window(values, width, 31, 4, 1);
      assertArrayEquals(window(largest, width, 31, 4, -1), Background.ground(image).values());
    }
  }

  /// The quick look at blocks spares the closing only where it would find nothing to take away.
  @Test
  void evenSheetsAreLeftAsTheyAre() {
    for (float slope : new float[] {0, 0.02f, 0.06f, 0.07f, 0.08f, 0.09f, 0.1f, 0.12f, 0.2f}) {
      GrayImage light = sheet((x, y) -> 0.9f - slope * x / SIZE, 0.3f);
      float[] ground = Background.ground(light).values().clone();
      Arrays.sort(ground);
      int extreme = ground.length / 20;
      boolean uneven = ground[ground.length - 1 - extreme] - ground[extreme] > 0.08f;
      assertEquals(uneven, Background.evenIfUneven(light).isPresent(), "slope " + slope);
    }
  }

  private static float[] window(float[] values, int width, int height, int half, int sign) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float best = Float.NEGATIVE_INFINITY;
      for (int v = -half; v <= half; v++) {
        for (int u = -half; u <= half; u++) {
          int x = i % width + u;
          int y = i / width + v;
          if (x >= 0 && x < width && y >= 0 && y < height) {
            best = Math.max(best, sign * values[y * width + x]);
          }
        }
      }
      result[i] = sign * best;
    }
    return result;
  }

  /// A slope of light from 0.9 to 0.4 and the edge of a shadow: ink alone remains, but for some pixels
  /// where a stroke crosses the edge.
  @Test
  void unevenLightIsTakenAway() {
    for (Ground ground :
        List.<Ground>of((x, y) -> 0.9f - 0.5f * x / SIZE, (x, y) -> x + y > 85 ? 0.5f : 0.9f)) {
      GrayImage even = Background.even(sheet(ground, 0.4f));
      int wrong = 0;
      for (int y = 15; y < SIZE - 15; y++) {
        for (int x = 15; x < SIZE - 15; x++) {
          wrong += Math.abs((ring(x, y) ? 0.4f : 1f) - even.at(x, y)) > 0.15f ? 1 : 0;
        }
      }
      assertTrue(wrong <= 50, wrong + " of 2500 pixels differ");
    }
  }

  @Test
  void inkIsMadeDark() {
    GrayImage dark = sheet((x, y) -> 0.8f, 0.3f);
    assertSame(dark, Polarity.darkInk(dark));
    GrayImage chalk = sheet((x, y) -> 0.2f, 4f);
    assertEquals(0.2f, Polarity.darkInk(chalk).at(24, 40), 1e-6f);
    GrayImage shadow = sheet((x, y) -> x > 39 ? 0.65f : 0.9f, 0.5f);
    assertSame(shadow, Polarity.darkInk(shadow));
    assertEquals(1, Polarity.possible(chalk).size());
    GrayImage edge = sheet((x, y) -> y < 15 ? 0.95f : 0.6f, 0.5f);
    assertEquals(2, Polarity.possible(edge).size());
  }

  /// By hand: values 0.1 (three times) and 0.9 (five times) are divided anywhere between; the first
  /// such level is that of 0.1, 25 of 256.
  @Test
  void otsu() {
    float[] values = {0.1f, 0.9f, 0.9f, 0.1f, 0.9f, 0.9f, 0.1f, 0.9f};
    assertEquals(26 / 256f, Threshold.otsu(values));
  }

  /// One window for all: mean 0.8, deviation 0.3; the threshold is 0.8·(1 + 0.5·(0.6 - 1)) = 0.64.
  @Test
  void sauvola() {
    float[] values = {0.95f, 0.95f, 0.95f, 0.95f, 0.2f, 0.95f, 0.95f, 0.66f, 0.63f};
    boolean[] dark = Threshold.sauvola(new GrayImage(3, 3, values), 7, 0.5f);
    assertTrue(dark[4]);
    assertFalse(dark[0]);
    assertFalse(dark[7]);
  }

  @Test
  void pieces() {
    String[] rows = {"##..#", "...#.", ".....", "#####"};
    boolean[] ink = new boolean[20];
    for (int i = 0; i < 20; i++) {
      ink[i] = rows[i / 5].charAt(i % 5) == '#';
    }
    List<Component> pieces = Component.of(ink, 5);
    assertEquals(
        List.of(new Box(0, 0, 2, 1), new Box(3, 0, 2, 2), new Box(0, 3, 5, 1)),
        pieces.stream().map(Component::box).toList());
    assertEquals(List.of(2, 2, 5), pieces.stream().map(Component::area).toList());
  }

  /// A ruled line through the digit, a blot beside it and a piece of the neighbour go; the digit stays.
  @Test
  void linesAndBlotsAreTakenAway() {
    float[] ink = new float[SIZE * SIZE];
    float[] digit = new float[SIZE * SIZE];
    for (int i = 0; i < ink.length; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      digit[i] = ring(x, y) ? 1 : 0;
      boolean line = y == 45;
      boolean blot = x > 5 && x < 9 && y > 5 && y < 9;
      boolean neighbour = x > 74 && y > 30 && y < 50;
      ink[i] = ring(x, y) || line || blot || neighbour ? 1 : 0;
    }
    GrayImage plain = new GrayImage(SIZE, SIZE, digit);
    assertTrue(InkCleaning.digit(plain).isEmpty());
    float[] clean = InkCleaning.digit(new GrayImage(SIZE, SIZE, ink)).orElseThrow().values();
    int wrong = 0;
    for (int i = 0; i < clean.length; i++) {
      wrong += clean[i] == digit[i] ? 0 : 1;
    }
    assertTrue(wrong <= 12, wrong + " pixels differ"); // the line beside the ring's edge
  }
}
