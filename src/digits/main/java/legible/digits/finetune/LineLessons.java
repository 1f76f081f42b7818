package legible.digits.finetune;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import legible.digits.image.GrayImage;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.numbers.KnownLine;
import legible.digits.numbers.LineStrip;
import legible.digits.numbers.NumberReader;
import legible.digits.photos.Photo;
import legible.random.CounterRandom;

/// What a reader learns from and what it is measured on, drawn from the seed.
///
/// @param learnt the lines to learn from
/// @param heldOut pictures that nothing is learnt from
/// @param leftOut why pictures are neither, a line for each
record LineLessons(List<Line> learnt, List<Photo> heldOut, List<String> leftOut) {
  /// A place is as good as the best one if its path is no more than this less probable, in nats.
  private static final double AS_GOOD = 8;

  /// Strips have room for this part of the lines; longer ones are pressed together.
  private static final double COMMON = 0.9;

  /// What [LineJitter] may add to a strip's length.
  private static final double LONGER = 1.15;

  private static final int STEP = 32;
  private static final int WIDEST = 512;

  LineLessons {
    learnt = List.copyOf(learnt);
    heldOut = List.copyOf(heldOut);
    leftOut = List.copyOf(leftOut);
  }

  /// A photographed line.
  ///
  /// @param places the ways to cut it out, at least one
  record Line(List<KnownLine> places) {
    Line {
      places = List.copyOf(places);
    }
  }

  /// What became of a picture: a line, or the reason why there is none.
  private record Outcome(Line line, String reason, boolean readable) {}

  /// Divides the pictures and finds the lines.
  ///
  /// @param reader the parent: it tells where the line is, and which signs stand around its digits
  /// @param skip whether pictures that cannot be decoded are left out; else they are refused
  /// @throws IOException if a picture cannot be read, or there is none to learn from
  static LineLessons of(LineSet data, NumberReader reader, double holdOut, long seed, boolean skip)
      throws IOException {
    int count = data.photos().size();
    int[] order = new CounterRandom(seed).split("fine-tune").split("lines").permutation(count);
    int out = Math.clamp(Math.round(holdOut * count), 1, count - 1);
    List<Photo> heldOut = photos(data, IntStream.of(order).limit(out));
    List<Photo> others = photos(data, IntStream.of(order).skip(out));
    List<Outcome> outcomes;
    try {
      outcomes = others.parallelStream().map(photo -> outcome(photo, reader)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Outcome outcome : outcomes) {
      if (!skip && !outcome.readable()) {
        throw new IOException(
            outcome.reason() + "; remove it from labels.csv or give --skip-unreadable");
      }
    }
    List<Line> lines = outcomes.stream().map(Outcome::line).filter(l -> l != null).toList();
    List<String> reasons =
        outcomes.stream().map(Outcome::reason).filter(r -> !r.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new IOException("a line to learn from expected, got none: " + reasons.getFirst());
    }
    return new LineLessons(lines, heldOut, reasons);
  }

  private static List<Photo> photos(LineSet data, IntStream indices) {
    return indices.sorted().mapToObj(data.photos()::get).toList();
  }

  private static Outcome outcome(Photo photo, NumberReader reader) {
    try {
      String source = photo.file().toString();
      GrayImage light = ImageFile.decode(source, ImageFile.bytes(photo.file()));
      List<KnownLine> lines = reader.locate(light, photo.label());
      if (lines.isEmpty()) {
        return new Outcome(null, source + ": a line with room for its digits expected", true);
      }
      double least = lines.getFirst().logProbability() - AS_GOOD;
      List<KnownLine> good =
          lines.stream().filter(l -> l.logProbability() >= least).map(KnownLine::close).toList();
      return new Outcome(new Line(good), "", true);
    } catch (ImageFormatException e) {
      return new Outcome(null, String.valueOf(e.getMessage()), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Columns of the strips of a training: enough for nearly all lines.
  int columns() {
    double[] widths =
        learnt.stream()
            .flatMap(line -> line.places().stream())
            .mapToDouble(l -> LONGER * LineStrip.ROWS * l.box().width() / l.box().height())
            .sorted()
            .toArray();
    double common = widths[(int) (COMMON * (widths.length - 1))] + 2 * LineStrip.MARGIN;
    int columns = (int) Math.ceil(Math.min(common, WIDEST) / STEP) * STEP;
    return Math.max(columns, 4 * STEP);
  }
}
