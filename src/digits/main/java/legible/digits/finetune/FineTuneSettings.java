package legible.digits.finetune;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import legible.autograd.Role;
import legible.model.Architecture;
import legible.nn.Declaration;
import legible.train.Adam;
import legible.train.ParameterGroup;
import legible.train.Schedule;
import legible.train.TrainingPlan;

/// What a user can say about a fine-tuning; the rest follows from the data.
///
/// @param epochs passes over the pictures; without it as many as make about [#STEPS] steps, 3 to 60
/// @param batchSize pictures in a step
/// @param seed of every random draw
/// @param learningRate highest of all layers but the head; 0.0005 if not given, 0.003 from scratch
/// @param headLearningRate highest of the head; ten times the other if the head is new, else the same
/// @param freeze prefixes of the names of parameters that stay as they are; `body` is all but the head
/// @param classes number of classes of a new head in any case
/// @param fromScratch whether all weights are drawn anew, so that only the layers are the parent's
/// @param augment whether training pictures are distorted
/// @param division which pictures are learnt from
public record FineTuneSettings(
    OptionalInt epochs,
    int batchSize,
    long seed,
    OptionalDouble learningRate,
    OptionalDouble headLearningRate,
    List<String> freeze,
    OptionalInt classes,
    boolean fromScratch,
    boolean augment,
    Division division) {
  /// All layers but the last one.
  public static final String BODY = "body";

  private static final double LEARNING_RATE = 0.0005;
  private static final double SCRATCH_LEARNING_RATE = 0.003;
  private static final double NEW_HEAD_FACTOR = 10;
  private static final int STEPS = 1_500;
  private static final int FEWEST_EPOCHS = 3;
  private static final int MOST_EPOCHS = 60;
  private static final float WEIGHT_DECAY = 0.05f;
  private static final float LABEL_SMOOTHING = 0.1f;
  private static final double WARM_UP = 0.2;

  public FineTuneSettings {
    freeze = List.copyOf(freeze);
  }

  /// The pictures that are learnt from, without the seed.
  ///
  /// @param holdOut share of each class that is held out where a set has no test pictures, in (0, 1)
  /// @param perClass new pictures of each class to learn from at most; 0 for all
  public record Division(double holdOut, int perClass) {}

  /// The whole plan.
  ///
  /// @param newHead whether the head was drawn anew
  /// @param pictures of an epoch
  /// @throws IllegalArgumentException if a prefix fits no parameter or nothing is left to train
  TrainingPlan plan(Architecture architecture, boolean newHead, int pictures) {
    double body = learningRate.orElse(fromScratch ? SCRATCH_LEARNING_RATE : LEARNING_RATE);
    double head = headLearningRate.orElse(newHead && !fromScratch ? NEW_HEAD_FACTOR * body : body);
    String headPrefix = architecture.head().name() + ".";
    int needed = Math.ceilDiv(STEPS, Math.ceilDiv(pictures, batchSize));
    return new TrainingPlan(
        epochs.orElse(Math.clamp(needed, FEWEST_EPOCHS, MOST_EPOCHS)),
        batchSize,
        seed,
        Adam.decoupled(WEIGHT_DECAY),
        new Schedule.OneCycle(body, WARM_UP, 10, 1000),
        LABEL_SMOOTHING,
        0f,
        0,
        0,
        false,
        frozen(architecture),
        head == body ? List.of() : List.of(new ParameterGroup(headPrefix, head / body)));
  }

  private List<String> frozen(Architecture architecture) {
    List<String> names =
        architecture.declarations().stream()
            .filter(d -> d.role() != Role.STATISTIC)
            .map(Declaration::name)
            .toList();
    List<String> frozen = new ArrayList<>();
    for (String prefix : freeze) {
      List<String> added =
          prefix.equals(BODY) ? body(names, architecture.head().name() + ".") : List.of(prefix);
      for (String one : added) {
        if (names.stream().noneMatch(n -> n.startsWith(one))) {
          throw new IllegalArgumentException(
              "--freeze: '%s' or the beginning of one of %s expected, got '%s'"
                  .formatted(BODY, names, one));
        }
      }
      added.stream().filter(p -> !frozen.contains(p)).forEach(frozen::add);
    }
    if (names.stream().allMatch(n -> frozen.stream().anyMatch(n::startsWith))) {
      throw new IllegalArgumentException(
          "--freeze: at least one layer left to train expected, got " + freeze);
    }
    return frozen;
  }

  /// The shortest beginnings, up to a dot, that all names but the head's have: `layer1.` stands for
  /// all of a stage.
  private static List<String> body(List<String> names, String head) {
    return names.stream()
        .filter(n -> !n.startsWith(head))
        .map(
            n -> {
              String stage = n.substring(0, n.indexOf('.') + 1);
              return head.startsWith(stage) ? n : stage;
            })
        .distinct()
        .toList();
  }
}
