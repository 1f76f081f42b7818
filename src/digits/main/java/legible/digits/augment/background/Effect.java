package legible.digits.augment.background;

import legible.random.CounterRandom;

/// One thing that makes a picture of a digit look as if it came from the world: a pen, a ground or a
/// camera. [Scenery] chooses and orders them.
///
/// Values are ink: 0 is white paper, 1 the darkest ink. An effect may leave [0, 1]; the scenery
/// clamps.
sealed interface Effect
    permits PenWidth,
        DryPen,
        HollowPen,
        PaperGrain,
        TowelWeave,
        RuledLines,
        SquaredPaper,
        Gradient,
        UnevenLight,
        Shadow,
        Stain,
        StrayStrokes,
        Drops,
        ReversedPatch,
        Blur,
        CameraShake,
        Exposure,
        SensorNoise,
        Dust,
        JpegArtefacts {
  /// Changes 784 values.
  ///
  /// @param draw every random number comes from here
  /// @param pixels changed
  /// @param scratch 784 values, overwritten
  void apply(CounterRandom draw, float[] pixels, float[] scratch);
}
