package legible.digits.corrupt;

import java.util.Locale;
import legible.random.CounterRandom;

/// One of the fifteen corruptions of MNIST-C: what may happen to a picture of a digit without changing
/// which digit a person reads.
///
/// A strength of 1 is that of the published data set, to which each corruption's documentation gives
/// the meaning. They are for measuring only: nothing here is used in training.
///
/// Source: Mu & Gilmer 2019, "MNIST-C: a robustness benchmark for computer vision", arXiv 1906.02337;
/// the numbers that the paper leaves open are those of its authors' data set.
public sealed interface Corruption
    permits ShotNoise,
        ImpulseNoise,
        GlassBlur,
        MotionBlur,
        Shear,
        Scale,
        Rotate,
        Brightness,
        Translate,
        Stripe,
        Fog,
        Spatter,
        DottedLine,
        Zigzag,
        CannyEdges {
  /// The name in tables, such as `shot noise`.
  default String title() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /// Corrupts a picture in place.
  ///
  /// @param draw every random number comes from here
  /// @param strength 1 as published, more is worse
  /// @param pixels 784 values in [0, 1], ink bright, before and after
  /// @param scratch 784 values, overwritten
  void apply(CounterRandom draw, double strength, float[] pixels, float[] scratch);
}
