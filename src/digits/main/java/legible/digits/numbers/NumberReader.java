package legible.digits.numbers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import legible.digits.image.Background;
import legible.digits.image.Box;
import legible.digits.image.GrayImage;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.image.Polarity;
import legible.digits.image.Scaling;
import legible.format.ModelFile;
import legible.infer.Predictor;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.tensor.Shape;

/// Reads whole numbers in a picture, without cutting them into digits: a convolution network looks
/// along each line, at several sizes, and the text with the greatest probability over all of them is
/// the answer.
///
/// ```
///  picture → dark ink → light evened out → lines → strips of 32 rows, some sizes
///          → network → best texts of each strip → the text that they agree on → places
/// ```
///
/// Any number of threads may ask at the same time.
public final class NumberReader implements AutoCloseable {
  /// Larger pictures are scaled down: more pixels tell nothing about digits.
  private static final int LONGEST_SIDE = 1600;

  private static final int SMALLEST_SIDE = 8;
  private static final int BEAM = 12;

  private final ModelFile model;
  private final Kernels kernels;
  private final Map<Integer, Predictor> predictors = new ConcurrentHashMap<>();

  /// A reader with this model.
  ///
  /// @throws IllegalArgumentException if the model does not read lines of [Alphabet]'s signs
  public NumberReader(ModelFile model, Kernels kernels) {
    if (!reads(model)) {
      throw new IllegalArgumentException(
          "NumberReader: a reader of lines expected, got a model from %s to %s"
              .formatted(model.architecture().input(), model.architecture().output()));
    }
    this.model = model;
    this.kernels = kernels;
  }

  /// Whether a model reads lines: from a picture of any width to frames of [Alphabet]'s classes.
  public static boolean reads(ModelFile model) {
    Shape in = model.architecture().input();
    Shape out = model.architecture().output();
    return in.rank() == 3
        && in.dimension(0) == LineStrip.ROWS
        && in.dimension(2) == 1
        && out.rank() == 3
        && out.dimension(0) == 1
        && out.dimension(2) == Alphabet.CLASSES;
  }

  /// Decodes a picture and reads the numbers in it.
  ///
  /// @param source a name for messages
  /// @param picture the bytes of a picture
  /// @param amount whether the text has the shape of an amount of money
  /// @throws ImageFormatException if it is no picture that can be read, or shows no writing
  public NumberReading read(String source, byte[] picture, boolean amount)
      throws ImageFormatException {
    return read(source, ImageFile.decode(source, picture), amount);
  }

  /// Reads the numbers in a picture.
  ///
  /// @param light 0 black to 1 white
  public NumberReading read(String source, GrayImage light, boolean amount)
      throws ImageFormatException {
    if (Math.min(light.width(), light.height()) < SMALLEST_SIDE) {
      throw new ImageFormatException(
          source,
          "at least %d x %d pixels expected, got %d x %d"
              .formatted(SMALLEST_SIDE, SMALLEST_SIDE, light.width(), light.height()));
    }
    List<NumberReading> readings = new ArrayList<>();
    for (GrayImage sheet : sheets(light)) {
      List<ReadLine> lines = lines(sheet, shrink(light), amount);
      if (!lines.isEmpty()) {
        readings.add(new NumberReading(lines, true));
      }
    }
    NumberReading surest =
        readings.stream()
            .max(Comparator.comparingDouble(NumberReading::confidence))
            .orElseThrow(
                () ->
                    new ImageFormatException(
                        source, "writing that stands out from its ground expected, got none"));
    boolean shaped =
        !amount || surest.lines().stream().allMatch(l -> Amount.of(l.text()).isPresent());
    return new NumberReading(surest.lines(), shaped);
  }

  /// The pictures in which lines are looked for: not too large, dark ink on even light. There are two
  /// where light ink on a dark ground is about as likely; the one that is read more surely counts.
  ///
  /// @param light 0 black to 1 white
  public static List<GrayImage> sheets(GrayImage light) {
    GrayImage small = shrink(light) > 1 ? Scaling.longerSide(light, LONGEST_SIDE) : light;
    return Polarity.possible(small).stream().map(Background::even).toList();
  }

  private static double shrink(GrayImage light) {
    return Math.max(1, (double) Math.max(light.width(), light.height()) / LONGEST_SIDE);
  }

  /// Reads every line. A picture with the shape of a line may be one, whatever was found in it: a busy
  /// ground misleads the search for ink, but hardly the network.
  private List<ReadLine> lines(GrayImage sheet, double shrink, boolean amount) {
    List<Box> found = LineFinder.find(sheet);
    List<Box> whole = LineViews.mayBeOneLine(sheet) ? LineViews.whole(sheet) : List.of();
    if (found.size() == 1) {
      boolean fills = LineViews.fills(found.getFirst(), sheet);
      List<Box> views = new ArrayList<>(fills ? whole : List.of());
      views.addAll(LineViews.around(found.getFirst(), sheet));
      return written(List.of(line(sheet, views, shrink, amount)));
    }
    List<ReadLine> parts = new ArrayList<>();
    for (Box box : found) {
      parts.add(line(sheet, LineViews.around(box, sheet), shrink, amount));
    }
    List<ReadLine> lines = written(parts);
    if (!whole.isEmpty() && !found.isEmpty()) {
      // That the whole sheet is one line without a digit says nothing against the lines found.
      List<ReadLine> all = written(List.of(line(sheet, whole, shrink, amount)));
      boolean surer =
          all.stream().anyMatch(a -> lines.stream().anyMatch(l -> l.confidence() < a.confidence()));
      return lines.isEmpty() || surer ? all : lines;
    }
    return lines;
  }

  /// The lines in which a digit was read.
  private static List<ReadLine> written(List<ReadLine> lines) {
    return lines.stream().filter(l -> l.signs().stream().anyMatch(ReadSign::isDigit)).toList();
  }

  /// Where in a picture a number may stand, and what the signs around its digits are as the model sees
  /// them: the whole sheet if it has the shape of a line, and each line found.
  ///
  /// @param light 0 black to 1 white
  /// @param digits what is written
  /// @return the most probable place first; none where there is no room for so many digits
  public List<KnownLine> locate(GrayImage light, String digits) {
    List<KnownLine> lines = new ArrayList<>();
    sheets(light).forEach(sheet -> lines.addAll(places(sheet, digits)));
    lines.sort(Comparator.comparingDouble(line -> -line.logProbability()));
    return lines;
  }

  private List<KnownLine> places(GrayImage sheet, String digits) {
    List<List<Box>> places = new ArrayList<>();
    if (LineViews.mayBeOneLine(sheet)) {
      places.add(LineViews.whole(sheet));
    }
    LineFinder.find(sheet).forEach(line -> places.add(LineViews.around(line, sheet)));
    List<KnownLine> lines = new ArrayList<>();
    for (List<Box> views : places) {
      views.stream()
          .map(view -> scores(LineStrip.of(sheet, view)).complete(Alphabet.classes(digits)))
          .max(Comparator.comparingDouble(FrameScores.Completed::logProbability))
          .filter(best -> best.logProbability() > Double.NEGATIVE_INFINITY)
          .ifPresent(
              best ->
                  lines.add(
                      new KnownLine(
                          sheet, LineViews.plain(views), best.text(), best.logProbability())));
    }
    return lines;
  }

  /// A strip and what the network said to it.
  private record View(LineStrip strip, FrameScores scores) {}

  private ReadLine line(GrayImage sheet, List<Box> boxes, double shrink, boolean amount) {
    List<View> views = new ArrayList<>();
    Votes all = new Votes();
    Votes amounts = new Votes();
    for (Box box : boxes) {
      LineStrip strip = LineStrip.of(sheet, box);
      FrameScores scores = scores(strip);
      views.add(new View(strip, scores));
      for (PrefixSearch.Candidate candidate : PrefixSearch.search(scores, BEAM)) {
        double probability = StrictMath.exp(candidate.logProbability()) / boxes.size();
        all.add(candidate.text(), probability);
        if (amount && Amount.of(Alphabet.text(candidate.text())).isPresent()) {
          amounts.add(candidate.text(), probability);
        }
      }
    }
    Votes votes = amounts.isEmpty() ? all : amounts;
    int[] text = votes.winner();
    View view =
        views.stream()
            .max(Comparator.comparingDouble(v -> v.scores().logProbability(text)))
            .orElseThrow();
    return new ReadLine(signs(view, text, shrink, sheet), (float) votes.share(text));
  }

  private FrameScores scores(LineStrip strip) {
    Predictor predictor = predictors.computeIfAbsent(strip.ink().width(), this::predictor);
    return FrameScores.of(predictor.logits(strip.ink().values(), 1), Alphabet.CLASSES);
  }

  /// The parameters do not depend on the width, so the network can be given any.
  private Predictor predictor(int width) {
    Architecture trained = model.architecture();
    Architecture wide =
        new Architecture(trained.name(), Shape.of(LineStrip.ROWS, width, 1), trained.body());
    return Predictor.create(wide, model.weights(), kernels.set(), kernels.parallel().threads());
  }

  private static List<ReadSign> signs(View view, int[] text, double shrink, GrayImage sheet) {
    int[][] frames = view.scores().align(text);
    List<ReadSign> signs = new ArrayList<>();
    for (int i = 0; i < text.length; i++) {
      double probability = Double.NEGATIVE_INFINITY;
      for (int t = frames[i][0]; t <= frames[i][1]; t++) {
        probability = Math.max(probability, view.scores().at(t, text[i]));
      }
      Box box = SignBoxes.box(view.strip(), frames, i);
      signs.add(
          new ReadSign(
              Alphabet.SIGNS.charAt(text[i]),
              (float) StrictMath.exp(probability),
              SignBoxes.onPicture(box, shrink, sheet)));
    }
    return signs;
  }

  /// Ends the threads.
  @Override
  public void close() {
    predictors.values().forEach(Predictor::close);
  }
}
