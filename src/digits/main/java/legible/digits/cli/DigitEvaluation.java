package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import legible.digits.corrupt.CorruptionTable;
import legible.digits.decision.Calibration;
import legible.digits.decision.Refusals;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import legible.digits.training.DigitDataset;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import legible.tensor.Workspace;
import legible.train.Dataset;
import legible.train.Evaluation;

/// `legible evaluate` of a model of single digits on labelled pictures.
final class DigitEvaluation {
  private final ModelFile model;
  private final LabelledImages images;
  private final Kernels kernels;
  private final ProgressBar bar;
  private final Workspace workspace;
  private final int threads;

  DigitEvaluation(ModelFile model, LabelledImages images, Kernels kernels, ProgressBar bar) {
    this.model = model;
    this.images = images;
    this.kernels = kernels;
    this.bar = bar;
    this.workspace = new Workspace(kernels);
    this.threads = kernels.parallel().threads();
  }

  /// The accuracy on corrupted pictures.
  View corruptions() {
    return new CorruptionView(
        model.architecture().name(),
        CorruptionTable.of(model.model(), images, kernels, bar::images));
  }

  /// The answers to the pictures as they are.
  ///
  /// @param refusals whether to try thresholds too
  /// @param strangers a folder of pictures of no digits for these, or null
  View answers(boolean refusals, Path strangers) throws IOException {
    Evaluation raw = ask(pictures(images));
    Calibration calibration = Calibration.of(model.metadata());
    Optional<RefusalView> table = Optional.empty();
    if (refusals) {
      Map<String, Dataset> others =
          strangers == null
              ? Map.of()
              : Map.of(strangers.toString(), pictures(Mnist.unverifiedTest(strangers).images()));
      table =
          Optional.of(
              new RefusalView(Refusals.of(calibration, images, raw, others, threads, this::ask)));
    }
    return new AccuracyView(model.architecture().name(), raw, calibration.apply(raw), table);
  }

  private Dataset pictures(LabelledImages labelled) {
    return new DigitDataset(
        labelled, Optional.empty(), threads, model.architecture().input(), Mnist.CLASSES);
  }

  private Evaluation ask(Dataset pictures) {
    return Evaluation.of(model.architecture(), model.weights(), pictures, workspace, bar::images);
  }
}
