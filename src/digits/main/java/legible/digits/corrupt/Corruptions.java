package legible.digits.corrupt;

import java.util.List;

/// The fifteen corruptions and their severities.
public final class Corruptions {
  /// All of them, in the paper's order.
  public static final List<Corruption> ALL =
      List.of(
          new ShotNoise(),
          new ImpulseNoise(),
          new GlassBlur(),
          new MotionBlur(),
          new Shear(),
          new Scale(),
          new Rotate(),
          new Brightness(),
          new Translate(),
          new Stripe(),
          new Fog(),
          new Spatter(),
          new DottedLine(),
          new Zigzag(),
          new CannyEdges());

  /// The strength of severity 1, 2, ... 5; the third is the published data set's.
  public static final List<Double> STRENGTHS = List.of(0.5, 0.75, 1.0, 1.25, 1.5);

  /// The severity whose strength is the published data set's.
  public static final int PUBLISHED = 3;

  private Corruptions() {}
}
