package legible.digits.image;

import java.util.List;

/// Whether ink is darker or lighter than its ground.
public final class Polarity {
  /// Share of pixels at each end that may be dust or glare: one in so many.
  private static final int EXTREME = 100;

  /// One side of the median that reaches so much further than the other is surely ink.
  private static final float CLEARLY = 1.4f;

  private Polarity() {}

  /// The picture with dark ink on a light ground: as it is, or reversed.
  ///
  /// The ground is the median, and ink is what differs most from it. Where that says little, as under a
  /// shadow, ink is what is narrow: there is more of it in the difference from the closing, which fills dark
  /// strokes, or in that from the opening, which fills light ones.
  public static GrayImage darkInk(GrayImage light) {
    List<GrayImage> possible = possible(light);
    return possible.size() == 1 || narrow(possible.get(0)) >= narrow(possible.get(1))
        ? possible.getFirst()
        : possible.getLast();
  }

  /// The picture with dark ink on a light ground, or both where dark and light parts differ about as
  /// much from the ground: as it is, and reversed. A reader can tell which of them is writing.
  public static List<GrayImage> possible(GrayImage light) {
    Ranks ranks = new Ranks(light.values());
    int extreme = light.values().length / EXTREME;
    float ground = ranks.at(light.values().length / 2);
    float dark = ground - ranks.at(extreme);
    float bright = ranks.fromLargest(extreme) - ground;
    if (dark >= CLEARLY * bright) {
      return List.of(light);
    }
    GrayImage reversed = reverse(light);
    return bright >= CLEARLY * dark ? List.of(reversed) : List.of(light, reversed);
  }

  private static double narrow(GrayImage light) {
    float[] ground = Background.ground(light).values();
    double sum = 0;
    for (int i = 0; i < ground.length; i++) {
      sum += ground[i] - light.values()[i];
    }
    return sum;
  }

  private static GrayImage reverse(GrayImage light) {
    float[] values = new float[light.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 - light.values()[i];
    }
    return new GrayImage(light.width(), light.height(), values);
  }
}
