package legible.digits.augment.background;

import java.util.Arrays;
import java.util.List;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Puts a digit into the world: draws a pen, a ground and a camera from what this package has.
///
/// ```
///  ink     → pen         1 in 3: broader, finer, dry, hollow
///  ground  = level       of the paper
///          + effects     none, one or two: grain, weave, lines, squares, light, stains, strokes
///  picture = ground + (tone - ground)·ink
///          → camera      none, one or two: blur, shake, exposure, noise, JPEG, drops, reversal
/// ```
///
/// The result is a function of the draws alone. The shares are of our choosing; what they lead to is
/// in `docs/robustness.md`.
public final class Scenery {
  private static final List<Effect> PENS =
      List.of(new PenWidth(), new PenWidth(), new DryPen(), new HollowPen());

  private static final List<Effect> GROUNDS =
      List.of(
          new PaperGrain(),
          new TowelWeave(),
          new RuledLines(),
          new RuledLines(),
          new SquaredPaper(),
          new Gradient(),
          new UnevenLight(),
          new UnevenLight(),
          new Shadow(),
          new Stain(),
          new StrayStrokes(),
          new StrayStrokes());

  private static final List<Effect> CAMERAS =
      List.of(
          new Blur(),
          new CameraShake(),
          new Exposure(),
          new Exposure(),
          new SensorNoise(),
          new Dust(),
          new JpegArtefacts(),
          new Drops(),
          new ReversedPatch());

  private static final float PEN_SHARE = 0.35f;

  /// The numbers of the draws.
  private static final int PEN = 0;

  private static final int GROUND = 1;
  private static final int CAMERA = 2;
  private static final int LEVEL = 3;
  private static final int TONE = 4;
  private static final int CHOICE = 5;

  private Scenery() {}

  /// Memory of one thread, reused from picture to picture.
  public static final class Scratch {
    private final float[] ink = new float[Raster.PIXELS];
    private final float[] ground = new float[Raster.PIXELS];
    private final float[] work = new float[Raster.PIXELS];
  }

  /// Draws a scene around ink.
  ///
  /// @param pixels 784 values from offset: the ink, then the picture, in [0, 1]
  /// @param offset where they start
  /// @param scratch of the calling thread
  public static void draw(CounterRandom draw, float[] pixels, int offset, Scratch scratch) {
    System.arraycopy(pixels, offset, scratch.ink, 0, Raster.PIXELS);
    if (draw.uniform(PEN) < PEN_SHARE) {
      apply(PENS, draw.split(PEN), scratch.ink, scratch.work);
    }
    float level = Math.max(0, draw.uniform(LEVEL, -0.4f, 0.4f));
    float tone = Math.min(1, draw.uniform(TONE, level + 0.35f, 1.6f));
    Arrays.fill(scratch.ground, level);
    for (int n = number(draw.uniform(GROUND)); n > 0; n--) {
      apply(GROUNDS, draw.split(GROUND).split(n), scratch.ground, scratch.work);
    }
    Raster.clamp(scratch.ground);
    for (int i = 0; i < Raster.PIXELS; i++) {
      float ground = scratch.ground[i];
      scratch.ground[i] = ground + (tone - ground) * scratch.ink[i];
    }
    for (int n = number(draw.uniform(CAMERA)); n > 0; n--) {
      apply(CAMERAS, draw.split(CAMERA).split(n), scratch.ground, scratch.work);
      Raster.clamp(scratch.ground);
    }
    System.arraycopy(scratch.ground, 0, pixels, offset, Raster.PIXELS);
  }

  /// 0, 1 or 2 effects, in 3, 5 and 2 of 10 pictures.
  private static int number(float uniform) {
    return uniform < 0.3f ? 0 : uniform < 0.8f ? 1 : 2;
  }

  private static void apply(List<Effect> effects, CounterRandom draw, float[] to, float[] work) {
    effects.get(draw.below(CHOICE, effects.size())).apply(draw.split("effect"), to, work);
  }
}
