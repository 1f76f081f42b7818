package legible.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.autograd.Weights;
import legible.model.Architecture;
import legible.train.EpochRecord;
import legible.train.OptimizerState;
import legible.train.TrainingPlan;
import legible.train.TrainingState;

/// A training between two epochs, as a file: all that [legible.train.Trainer] needs to go on to the
/// same bits as if it had never stopped. The bytes are specified in `docs/format.md`; what
/// [ModelFile] says about reading and writing holds here too.
///
/// The moving average and the best weights are stored only where the plan keeps them apart.
///
/// @param architecture the layers
/// @param plan every setting of the training
/// @param state weights, averages, what the optimizer remembers, finished epochs; not copied
/// @param metadata texts by name, copied: at least the identity of the data, see [Provenance#data],
///   which whoever goes on should compare with the data at hand; no name may begin with `plan.` or
///   `history.`, which are the checkpoint's own
public record Checkpoint(
    Architecture architecture,
    TrainingPlan plan,
    TrainingState state,
    SortedMap<String, String> metadata) {
  private static final String HISTORY_PREFIX = "history.";

  private static final String WEIGHTS = "weights";
  private static final String AVERAGE = "average";
  private static final String BEST = "best";
  private static final String OPTIMIZER_PREFIX = "optimizer.";

  /// Checks that the parts belong together.
  ///
  /// @throws IllegalArgumentException if the parts do not belong together
  public Checkpoint {
    metadata = ModelFile.sorted(metadata);
    for (String key : metadata.keySet()) {
      if (key.startsWith(Provenance.PLAN_PREFIX) || key.startsWith(HISTORY_PREFIX)) {
        throw new IllegalArgumentException("Checkpoint: metadata '" + key + "' is its own");
      }
    }
    boolean averaged = state.average() != state.weights();
    boolean kept = state.result() != state.average();
    if (averaged != hasAverage(plan) || kept != plan.keepBest()) {
      throw new IllegalArgumentException(
          "Checkpoint: moving average %s and best weights %s expected by the plan, got %s and %s"
              .formatted(hasAverage(plan), plan.keepBest(), averaged, kept));
    }
    requireHistory(plan, state.history());
    Optional<TensorSpec.Difference> difference =
        TensorSpec.difference(
            expected(architecture, plan),
            tensors(plan, state).stream().map(TensorSpec::of).toList());
    if (difference.isPresent()) {
      throw new IllegalArgumentException("Checkpoint: " + difference.get().reason());
    }
  }

  /// Reads a checkpoint.
  ///
  /// @param source the name of where the bytes came from, for messages
  /// @throws ModelFormatException if the bytes are anything else than a checkpoint of version 1
  public static Checkpoint decode(String source, byte[] bytes) throws ModelFormatException {
    Container container =
        Container.decode(
            source,
            bytes,
            FileKind.CHECKPOINT,
            (architecture, metadata) -> {
              TrainingPlan plan = plan(metadata);
              requireHistory(plan, history(metadata));
              return expected(architecture, plan);
            });
    TrainingPlan plan = plan(container.metadata());
    SortedMap<String, String> rest = new TreeMap<>(container.metadata());
    rest.keySet()
        .removeIf(k -> k.startsWith(Provenance.PLAN_PREFIX) || k.startsWith(HISTORY_PREFIX));
    TrainingState state = state(plan, history(container.metadata()), container.tensors());
    return new Checkpoint(container.architecture(), plan, state, rest);
  }

  /// The bytes of the file.
  ///
  /// @throws IllegalArgumentException if a name, a text or the whole is beyond the format's limits
  /// @throws IllegalStateException if an element of a tensor is NaN or infinite
  public byte[] encode() {
    return container().encode();
  }

  Container container() {
    SortedMap<String, String> all = new TreeMap<>(metadata);
    plan.settings().forEach((key, value) -> all.put(Provenance.PLAN_PREFIX + key, value));
    state.history().forEach(e -> all.put(key(e.epoch()), text(e)));
    return new Container(FileKind.CHECKPOINT, architecture, all, tensors(plan, state));
  }

  /// Reads a checkpoint file.
  ///
  /// @throws ModelFormatException if it is anything else than a checkpoint of version 1
  /// @throws IOException if the file cannot be read
  public static Checkpoint read(Path path) throws IOException {
    return decode(path.toString(), Storage.read(path, FileKind.CHECKPOINT));
  }

  /// Saves the checkpoint in one step: a failure leaves an older file of this name as it was.
  ///
  /// @throws IOException if the file cannot be written; the message says why
  /// @throws IllegalArgumentException as [#encode]
  /// @throws IllegalStateException as [#encode]
  public void write(Path path) throws IOException {
    Storage.write(path, encode());
  }

  /// The SHA-256 of the whole file in hexadecimal digits. Encodes the file anew.
  public String sha256() {
    byte[] bytes = encode();
    return Sha256.hex(Sha256.of(bytes, 0, bytes.length));
  }

  private static boolean hasAverage(TrainingPlan plan) {
    return plan.averageDecay() > 0;
  }

  /// The names of the groups of tensors, in the order of the file.
  private static List<String> groups(TrainingPlan plan) {
    List<String> groups = new ArrayList<>();
    groups.add(WEIGHTS);
    if (hasAverage(plan)) {
      groups.add(AVERAGE);
    }
    if (plan.keepBest()) {
      groups.add(BEST);
    }
    plan.optimizer().slots().forEach(slot -> groups.add(OPTIMIZER_PREFIX + slot));
    return groups;
  }

  private static String name(String group, String parameter) {
    return group + ":" + parameter;
  }

  private static List<TensorSpec> expected(Architecture architecture, TrainingPlan plan) {
    List<TensorSpec> declared = ModelFile.declared(architecture);
    List<TensorSpec> expected = new ArrayList<>();
    for (String group : groups(plan)) {
      for (TensorSpec spec : declared) {
        if (!group.startsWith(OPTIMIZER_PREFIX) || spec.role() != Role.STATISTIC) {
          expected.add(new TensorSpec(name(group, spec.name()), spec.role(), spec.shape()));
        }
      }
    }
    return expected;
  }

  private static List<Parameter> tensors(TrainingPlan plan, TrainingState state) {
    Map<String, Weights> groups = new LinkedHashMap<>();
    groups.put(WEIGHTS, state.weights());
    if (hasAverage(plan)) {
      groups.put(AVERAGE, state.average());
    }
    if (plan.keepBest()) {
      groups.put(BEST, state.result());
    }
    state
        .optimizer()
        .slots()
        .forEach((slot, values) -> groups.put(OPTIMIZER_PREFIX + slot, values));
    List<Parameter> tensors = new ArrayList<>();
    groups.forEach(
        (group, values) -> {
          for (Parameter p : values.all()) {
            tensors.add(new Parameter(name(group, p.name()), p.role(), p.value()));
          }
        });
    return tensors;
  }

  private static TrainingState state(
      TrainingPlan plan, List<EpochRecord> history, List<Parameter> tensors) {
    Weights weights = group(WEIGHTS, tensors);
    Weights average = hasAverage(plan) ? group(AVERAGE, tensors) : weights;
    Weights best = plan.keepBest() ? group(BEST, tensors) : average;
    Map<String, Weights> slots = new LinkedHashMap<>();
    for (String slot : plan.optimizer().slots()) {
      slots.put(slot, group(OPTIMIZER_PREFIX + slot, tensors));
    }
    OptimizerState optimizer = new OptimizerState(plan.optimizer(), slots);
    return new TrainingState(weights, average, optimizer, history, best);
  }

  private static Weights group(String group, List<Parameter> tensors) {
    String prefix = name(group, "");
    return new Weights(
        tensors.stream()
            .filter(p -> p.name().startsWith(prefix))
            .map(p -> new Parameter(p.name().substring(prefix.length()), p.role(), p.value()))
            .toList());
  }

  private static TrainingPlan plan(SortedMap<String, String> metadata) {
    return Provenance.plan(metadata);
  }

  private static void requireHistory(TrainingPlan plan, List<EpochRecord> history) {
    if (history.size() > plan.epochs()) {
      throw new IllegalArgumentException(
          "Checkpoint: at most %d finished epochs expected, got %d"
              .formatted(plan.epochs(), history.size()));
    }
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).epoch() != i + 1) {
        throw new IllegalArgumentException(
            "Checkpoint: epoch %d expected, got %d".formatted(i + 1, history.get(i).epoch()));
      }
    }
  }

  private static List<EpochRecord> history(SortedMap<String, String> metadata) {
    List<EpochRecord> history = new ArrayList<>();
    Provenance.under(HISTORY_PREFIX, metadata)
        .forEach(
            (number, text) -> {
              EpochRecord epoch = epoch(history.size() + 1, text);
              if (!key(epoch.epoch()).equals(HISTORY_PREFIX + number)
                  || !text(epoch).equals(text)) {
                throw new IllegalArgumentException(
                    "Checkpoint: '%s' with five hexadecimal numbers expected, got '%s%s' with '%s'"
                        .formatted(key(epoch.epoch()), HISTORY_PREFIX, number, text));
              }
              history.add(epoch);
            });
    return history;
  }

  /// Digits enough for the order of the names to be the order of the epochs, and the same digits in
  /// every country.
  private static String key(int epoch) {
    return HISTORY_PREFIX + String.format(Locale.ROOT, "%06d", epoch);
  }

  /// Every bit of the five numbers, readable.
  private static String text(EpochRecord epoch) {
    return String.join(
        " ",
        Double.toHexString(epoch.learningRate()),
        Double.toHexString(epoch.trainLoss()),
        Double.toHexString(epoch.trainAccuracy()),
        Double.toHexString(epoch.validationLoss()),
        Double.toHexString(epoch.validationAccuracy()));
  }

  private static EpochRecord epoch(int number, String text) {
    String[] words = text.split(" ", -1);
    if (words.length != 5) {
      throw new IllegalArgumentException(
          "Checkpoint: five numbers expected in epoch %d, got '%s'".formatted(number, text));
    }
    try {
      return new EpochRecord(
          number,
          Double.parseDouble(words[0]),
          Double.parseDouble(words[1]),
          Double.parseDouble(words[2]),
          Double.parseDouble(words[3]),
          Double.parseDouble(words[4]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Checkpoint: hexadecimal numbers expected in epoch %d, got '%s'".formatted(number, text),
          e);
    }
  }
}
