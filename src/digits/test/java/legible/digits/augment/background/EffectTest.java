package legible.digits.augment.background;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectTest {
  static Stream<Effect> effects() {
    return Stream.of(
        new PenWidth(),
        new DryPen(),
        new HollowPen(),
        new PaperGrain(),
        new TowelWeave(),
        new RuledLines(),
        new SquaredPaper(),
        new Gradient(),
        new UnevenLight(),
        new Shadow(),
        new Stain(),
        new StrayStrokes(),
        new Drops(),
        new ReversedPatch(),
        new Blur(),
        new CameraShake(),
        new Exposure(),
        new SensorNoise(),
        new Dust(),
        new JpegArtefacts());
  }

  @Test
  void everyEffectIsTested() {
    assertEquals(Effect.class.getPermittedSubclasses().length, effects().count());
  }

  /// A function of the draws alone, finite, and different for different draws.
  @ParameterizedTest
  @MethodSource("effects")
  void drawsDecide(Effect effect) {
    int same = 0;
    for (int seed = 0; seed < 50; seed++) {
      float[] first = applied(effect, seed, new float[Raster.PIXELS]);
      float[] dirty = new float[Raster.PIXELS];
      Arrays.fill(dirty, 7);
      assertArrayEquals(first, applied(effect, seed, dirty), "the scratch must not matter");
      for (float value : first) {
        assertTrue(Float.isFinite(value) && Math.abs(value) < 10, "got " + value);
      }
      same += Arrays.equals(first, applied(effect, seed + 1000, dirty)) ? 1 : 0;
    }
    assertTrue(same <= 20, same + " of 50 pictures do not depend on the draws");
  }

  private static float[] applied(Effect effect, int seed, float[] scratch) {
    float[] pixels = cross();
    effect.apply(new CounterRandom(seed), pixels, scratch);
    return pixels;
  }

  private static float[] cross() {
    float[] pixels = new float[Raster.PIXELS];
    for (int i = 6; i < 22; i++) {
      for (int width = 13; width < 16; width++) {
        pixels[width * 28 + i] = 1;
        pixels[i * 28 + width] = 0.8f;
      }
    }
    return pixels;
  }

  /// Fine steps bring a block back; with coarse ones only its mean is left.
  @Test
  void jpegRoundsFrequencies() {
    float[] block = new float[64];
    for (int i = 0; i < 64; i++) {
      block[i] = new CounterRandom(1).uniform(i, -0.5f, 0.5f);
    }
    float[] fine = block.clone();
    float[] steps = new float[64];
    Arrays.fill(steps, 1e-5f);
    JpegArtefacts.round(fine, new float[64], steps);
    assertArrayEquals(block, fine, 1e-4f);
    float[] coarse = block.clone();
    Arrays.fill(steps, 1000);
    steps[0] = 1e-5f;
    JpegArtefacts.round(coarse, new float[64], steps);
    double mean = 0;
    for (float value : block) {
      mean += value / 64;
    }
    for (float value : coarse) {
      assertEquals(mean, value, 1e-4);
    }
  }

  /// A level pen stroke grows and shrinks by neighbours.
  @Test
  void extremesAreThoseOfNineNeighbours() {
    float[] pixels = new float[Raster.PIXELS];
    pixels[10 * 28 + 10] = 1;
    assertEquals(1, PenWidth.extreme(pixels, 11, 9, true));
    assertEquals(0, PenWidth.extreme(pixels, 12, 10, true));
    assertEquals(0, PenWidth.extreme(pixels, 10, 10, false));
    assertEquals(0, PenWidth.extreme(pixels, 0, 0, true), "the corner has no neighbours outside");
  }
}
