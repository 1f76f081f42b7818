package legible.digits.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.digits.augment.Augmentation;
import legible.digits.augment.Augmenter;
import legible.digits.augment.SceneShare;
import legible.digits.augment.Scenes;
import legible.digits.decision.Calibration;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.format.Checkpoint;
import legible.format.ModelFile;
import legible.format.Provenance;
import legible.format.Storage;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.model.Model;
import legible.tensor.Workspace;
import legible.train.Dataset;
import legible.train.EpochRecord;
import legible.train.Evaluation;
import legible.train.Trainer;
import legible.train.TrainingListener;
import legible.train.TrainingPlan;
import legible.train.TrainingState;

/// One training from the data to the model file: trains with a checkpoint after each epoch, evaluates
/// on the validation and, at the very end, on the test pictures, and saves.
public final class TrainingJob {
  /// Names of metadata that belong to this application.
  public static final String AUGMENTATION = "digits.augmentation";

  /// Which share of the training pictures is in scenes; missing if none is.
  public static final String SCENES = "digits.scenes";

  /// How many of the training pictures were used.
  public static final String IMAGES = "digits.training-images";

  private final Path data;
  private final Kernels kernels;
  private final List<TrainingListener> listeners;

  /// @param data the folder of MNIST's files
  /// @param kernels what computes
  /// @param listeners told how it goes on
  public TrainingJob(Path data, Kernels kernels, List<TrainingListener> listeners) {
    this.data = data;
    this.kernels = kernels;
    this.listeners = List.copyOf(listeners);
  }

  /// What a training gives.
  ///
  /// @param file the saved model
  /// @param history the epochs
  /// @param trainingImages the number of pictures of an epoch
  /// @param validation answers on the validation pictures, not calibrated
  /// @param test answers on the test pictures, not calibrated
  /// @param testImages the test pictures
  public record Result(
      ModelFile file,
      List<EpochRecord> history,
      int trainingImages,
      Evaluation validation,
      Evaluation test,
      LabelledImages testImages) {}

  /// The state before the first epoch.
  ///
  /// @param limit use only the first pictures of the training part; 0 for all
  public Checkpoint start(
      Architecture architecture,
      TrainingPlan plan,
      Augmentation augmentation,
      Optional<SceneShare> scenes,
      int limit)
      throws IOException {
    Mnist mnist = Mnist.training(data);
    int most = mnist.images().size() - Mnist.VALIDATION;
    int images = limit == 0 ? most : Math.min(limit, most);
    SortedMap<String, String> metadata = Provenance.of(mnist.hashes());
    metadata.put(AUGMENTATION, augmentation.text());
    scenes.ifPresent(share -> metadata.put(SCENES, share.text()));
    metadata.put(IMAGES, Integer.toString(images));
    return new Checkpoint(architecture, plan, TrainingState.start(plan, architecture), metadata);
  }

  /// Trains from a checkpoint to the plan's end.
  ///
  /// @param out where the model is saved; the checkpoint of each epoch is written beside it, and
  ///     removed when the model is there
  /// @param progress told how far the final evaluations are
  /// @throws IOException if data are missing or are not those of the checkpoint, or a file cannot be
  ///     written
  public Result run(Checkpoint from, Path out, Evaluation.Progress progress) throws IOException {
    Storage.requireWritable(out);
    Pictures pictures = pictures(from);
    Workspace workspace = new Workspace(kernels);
    Path checkpoint = checkpointFile(out);
    List<TrainingListener> told = new ArrayList<>(listeners);
    told.add(new CheckpointWriter(from, checkpoint));
    Model model;
    try {
      model = fit(from, pictures, workspace, told);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Evaluation chosen = evaluate(model, pictures.validation(), workspace, progress);
    LabelledImages testImages = Mnist.test(data).images();
    Evaluation test = evaluate(model, plain(testImages, model.architecture()), workspace, progress);
    SortedMap<String, String> metadata = metadata(from, chosen, test);
    Calibration.fit(chosen).write(metadata);
    ModelFile file = new ModelFile(model, metadata);
    file.write(out);
    Files.deleteIfExists(checkpoint);
    return new Result(
        file, from.state().history(), pictures.training().size(), chosen, test, testImages);
  }

  /// Trains a model again, from nothing and with the settings that it tells of itself. Nothing is
  /// saved.
  ///
  /// @param source the model's name, for messages
  /// @throws IOException if the model does not tell how it was trained, or data are missing or are
  ///     not those that it was trained with
  public Model repeat(String source, ModelFile model) throws IOException {
    Checkpoint start = beginning(source, model);
    return fit(start, pictures(start), new Workspace(kernels), listeners);
  }

  /// The state before the first epoch of the training that made a model.
  private static Checkpoint beginning(String source, ModelFile model) throws IOException {
    SortedMap<String, String> metadata = Provenance.of(Provenance.data(model.metadata()));
    for (String name : new String[] {AUGMENTATION, IMAGES}) {
      String value = model.metadata().get(name);
      if (value == null) {
        throw new IOException(
            source + ": provenance of a training expected, but '" + name + "' is missing");
      }
      metadata.put(name, value);
    }
    try {
      Augmentation.parse(metadata.get(AUGMENTATION));
      if (model.metadata().containsKey(SCENES)) {
        metadata.put(SCENES, SceneShare.parse(model.metadata().get(SCENES)).text());
      }
      TrainingPlan plan = Provenance.plan(model.metadata());
      TrainingState start = TrainingState.start(plan, model.architecture());
      return new Checkpoint(model.architecture(), plan, start, metadata);
    } catch (IllegalArgumentException e) {
      throw new IOException(source + ": provenance of a training expected: " + e.getMessage(), e);
    }
  }

  /// What a training sees.
  private record Pictures(Dataset training, DigitDataset validation) {}

  private Pictures pictures(Checkpoint from) throws IOException {
    Mnist mnist = Mnist.training(data);
    requireSameData(from, mnist.hashes());
    LabelledImages all = mnist.images();
    int most = all.size() - Mnist.VALIDATION;
    String images = from.metadata().getOrDefault(IMAGES, "");
    if (!images.matches("[0-9]{1,9}") || !isIn(1, most, Integer.parseInt(images))) {
      throw new IOException(
          "%s of the earlier training: a number in 1..%d expected, got '%s'"
              .formatted(IMAGES, most, images));
    }
    return new Pictures(
        distorted(all.part(0, Integer.parseInt(images)), from),
        plain(all.part(most, Mnist.VALIDATION), from.architecture()));
  }

  private static boolean isIn(int low, int high, int value) {
    return value >= low && value <= high;
  }

  private static Model fit(
      Checkpoint from, Pictures pictures, Workspace workspace, List<TrainingListener> told) {
    new Trainer(from.architecture(), from.plan(), workspace, told)
        .fit(from.state(), pictures.training(), pictures.validation());
    return new Model(from.architecture(), from.state().result());
  }

  /// Where the checkpoints of a training are written that saves its model here.
  public static Path checkpointFile(Path out) {
    return out.resolveSibling(
        out.getFileName().toString().replaceFirst("(\\.legible)?$", ".checkpoint.legible"));
  }

  /// Saves the state after each epoch; an error reaches the caller of the training.
  ///
  /// @param start what does not change
  /// @param file the checkpoint
  public record CheckpointWriter(Checkpoint start, Path file) implements TrainingListener {
    @Override
    public void finished(EpochRecord epoch, TrainingState state) {
      try {
        new Checkpoint(start.architecture(), start.plan(), state, start.metadata()).write(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Checks that the data at hand are those of the earlier training.
  ///
  /// @param hashes SHA-256 of the data files by their names
  public static void requireSameData(Checkpoint from, Map<String, String> hashes)
      throws IOException {
    SortedMap<String, String> expected = Provenance.data(from.metadata());
    SortedMap<String, String> got = new TreeMap<>(hashes);
    if (!expected.equals(got)) {
      throw new IOException(
          "--data: the data of the earlier training expected, %s, got %s".formatted(expected, got));
    }
  }

  private static SortedMap<String, String> metadata(
      Checkpoint from, Evaluation validation, Evaluation test) {
    SortedMap<String, String> metadata =
        Provenance.of(Provenance.data(from.metadata()), from.plan());
    metadata.put(AUGMENTATION, from.metadata().get(AUGMENTATION));
    metadata.put(IMAGES, from.metadata().get(IMAGES));
    if (from.metadata().containsKey(SCENES)) {
      metadata.put(SCENES, from.metadata().get(SCENES));
    }
    metadata.put(Provenance.VALIDATION_ACCURACY, Double.toString(validation.accuracy()));
    metadata.put(Provenance.TEST_ACCURACY, Double.toString(test.accuracy()));
    return metadata;
  }

  private static Evaluation evaluate(
      Model model, DigitDataset set, Workspace workspace, Evaluation.Progress progress) {
    return Evaluation.of(model.architecture(), model.weights(), set, workspace, progress);
  }

  private DigitDataset plain(LabelledImages images, Architecture architecture) {
    return digits(images, Optional.empty(), architecture);
  }

  private DigitDataset digits(
      LabelledImages images, Optional<Augmenter> augmenter, Architecture architecture) {
    int threads = kernels.parallel().threads();
    return new DigitDataset(images, augmenter, threads, architecture.input(), Mnist.CLASSES);
  }

  private Dataset distorted(LabelledImages images, Checkpoint from) {
    Augmentation augmentation = Augmentation.parse(from.metadata().get(AUGMENTATION));
    if (from.metadata().containsKey(SCENES)) {
      SceneShare share = SceneShare.parse(from.metadata().get(SCENES));
      return new SceneDataset(
          images,
          new Scenes(share, augmentation, from.plan().seed()),
          Math.round(share.strangers() * images.size()),
          kernels.parallel().threads());
    }
    Optional<Augmenter> augmenter =
        augmentation.equals(Augmentation.NONE)
            ? Optional.empty()
            : Optional.of(new Augmenter(augmentation, from.plan().seed()));
    return digits(images, augmenter, from.architecture());
  }
}
