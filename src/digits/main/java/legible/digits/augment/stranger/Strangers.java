package legible.digits.augment.stranger;

import java.util.List;
import legible.digits.augment.background.Scenery;
import legible.digits.idx.LabelledImages;
import legible.digits.raster.Raster;
import legible.random.CounterRandom;

/// Pictures of no digit, drawn by code: some on plain ground, some in a scene.
public final class Strangers {
  private static final Stranger NOTHING = new Nothing();

  private static final List<Stranger> LEARNT =
      List.of(
          new Letter(Glyphs.LEARNT),
          new Letter(Glyphs.LEARNT),
          new Letter(Glyphs.LEARNT),
          new DigitPair(),
          new DigitPair(),
          new Scribble(),
          new Blot(),
          new Speckle(),
          NOTHING);

  /// The kinds that are measured; the first two are not learnt by any model.
  public static final List<Kind> MEASURED =
      List.of(
          new Kind("letters never learnt", new Letter(Glyphs.KEPT_BACK), false),
          new Kind("the same in scenes", new Letter(Glyphs.KEPT_BACK), true),
          new Kind("letters learnt", new Letter(Glyphs.LEARNT), false),
          new Kind("two digits", new DigitPair(), false),
          new Kind("scribbles", new Scribble(), false),
          new Kind("blots", new Blot(), false),
          new Kind("noise", new Speckle(), false),
          new Kind("ground without ink", NOTHING, true));

  private static final float SCENE_SHARE = 0.5f;

  private Strangers() {}

  /// A stranger of any kind that the robust model learns to refuse.
  ///
  /// @param digits pictures that may become part of it
  /// @param target receives 784 values in [0, 1]
  /// @param offset where in target
  /// @param scratch of the calling thread
  public static void draw(
      CounterRandom draw,
      LabelledImages digits,
      float[] target,
      int offset,
      Scenery.Scratch scratch) {
    Stranger stranger = LEARNT.get(draw.below(0, LEARNT.size()));
    boolean inScene = stranger.equals(NOTHING) || draw.uniform(1) < SCENE_SHARE;
    new Kind("learnt", stranger, inScene).draw(draw, digits, target, offset, scratch);
  }

  /// A kind of strangers, for measuring.
  ///
  /// @param title for tables
  /// @param stranger what is drawn
  /// @param inScene whether it is put into a scene
  public record Kind(String title, Stranger stranger, boolean inScene) {
    /// Draws one.
    ///
    /// @param target receives 784 values in [0, 1]
    public void draw(
        CounterRandom draw,
        LabelledImages digits,
        float[] target,
        int offset,
        Scenery.Scratch scratch) {
      float[] ink = new float[Raster.PIXELS];
      stranger.draw(draw.split("stranger"), digits, ink);
      System.arraycopy(ink, 0, target, offset, Raster.PIXELS);
      if (inScene) {
        Scenery.draw(draw.split("scene"), target, offset, scratch);
      }
    }
  }
}
