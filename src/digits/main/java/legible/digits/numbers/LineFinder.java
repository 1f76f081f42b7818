package legible.digits.numbers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import legible.digits.image.Box;
import legible.digits.image.Component;
import legible.digits.image.GrayImage;
import legible.digits.image.InkCleaning;
import legible.digits.image.Threshold;

/// Finds lines of writing on a sheet.
///
/// ```
///  light → contrast stretched → dark places (Sauvola) → pieces of connected ink
///        → without specks and ruled lines → pieces at the same height make a line
/// ```
final class LineFinder {
  /// How far below the mean ink is; the contrast is stretched before.
  private static final float SAUVOLA_K = 0.2f;

  /// Share of pixels that is ink even where little is written.
  private static final double PEN_SHARE = 0.004;

  /// Ink that differs less from paper is paper.
  private static final float LEAST_CONTRAST = 0.08f;

  /// Distance between signs of one line, in their heights.
  private static final double WIDEST_GAP = 3;

  private LineFinder() {}

  /// The lines, from top to bottom; each is the box around the digits' ink.
  ///
  /// @param light dark writing on a ground of about 1
  static List<Box> find(GrayImage light) {
    float contrast = contrast(light);
    if (contrast < LEAST_CONTRAST) {
      return List.of();
    }
    float[] stretched = light.values().clone();
    for (int i = 0; i < stretched.length; i++) {
      stretched[i] = Math.clamp(1 - (1 - stretched[i]) / contrast, 0f, 1f);
    }
    int window = Math.max(15, Math.min(light.width(), light.height()) / 4) | 1;
    boolean[] ink =
        Threshold.sauvola(
            new GrayImage(light.width(), light.height(), stretched), window, SAUVOLA_K);
    InkCleaning.removeLines(ink, light.width());
    return lines(Component.of(ink, light.width()).stream().map(Component::box).toList(), light);
  }

  private static float contrast(GrayImage light) {
    float[] sorted = light.values().clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2] - sorted[(int) (sorted.length * PEN_SHARE)];
  }

  private static List<Box> lines(List<Box> pieces, GrayImage light) {
    int tall = typicalHeight(pieces, light);
    List<Box> signs =
        pieces.stream()
            .filter(b -> b.height() >= 0.4 * tall && b.height() <= 2.5 * tall)
            .sorted(Comparator.comparingInt(Box::left))
            .toList();
    List<List<Box>> lines = new ArrayList<>();
    for (Box sign : signs) {
      lineOf(sign, lines, tall).add(sign);
    }
    return lines.stream()
        .map(LineFinder::around)
        .sorted(Comparator.comparingInt(Box::top))
        .toList();
  }

  /// The height at which half of all ink is in smaller pieces: large pieces count by their squares, so
  /// that specks do not matter.
  private static int typicalHeight(List<Box> pieces, GrayImage light) {
    List<Box> sorted =
        pieces.stream()
            .filter(b -> b.height() >= 5 && b.width() < 0.9 * light.width())
            .sorted(Comparator.comparingInt(Box::height))
            .toList();
    double total = sorted.stream().mapToDouble(b -> (double) b.height() * b.height()).sum();
    double sum = 0;
    for (Box box : sorted) {
      sum += (double) box.height() * box.height();
      if (sum >= total / 2) {
        return box.height();
      }
    }
    return light.height();
  }

  private static List<Box> lineOf(Box sign, List<List<Box>> lines, int tall) {
    for (List<Box> line : lines) {
      Box last = line.getLast();
      Box all = around(line);
      int overlap = Math.min(sign.bottom(), all.bottom()) - Math.max(sign.top(), all.top());
      if (overlap >= 0.4 * Math.min(sign.height(), last.height())
          && sign.left() - all.right() <= WIDEST_GAP * tall) {
        return line;
      }
    }
    List<Box> fresh = new ArrayList<>();
    lines.add(fresh);
    return fresh;
  }

  private static Box around(List<Box> boxes) {
    return boxes.stream().reduce(Box::with).orElseThrow();
  }
}
