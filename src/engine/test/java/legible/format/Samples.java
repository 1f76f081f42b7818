package legible.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.autograd.Weights;
import legible.kernel.Activation;
import legible.model.Architecture;
import legible.nn.AveragePoolLayer;
import legible.nn.BatchNormLayer;
import legible.nn.ConvLayer;
import legible.nn.DenseLayer;
import legible.nn.DropoutLayer;
import legible.nn.FlattenLayer;
import legible.nn.GlobalAveragePoolLayer;
import legible.nn.MaxPoolLayer;
import legible.nn.ReluLayer;
import legible.nn.ResidualBlock;
import legible.nn.Sequential;
import legible.op.Padding;
import legible.tensor.Shape;
import legible.train.Adam;
import legible.train.EpochRecord;
import legible.train.Optimizer;
import legible.train.OptimizerState;
import legible.train.Schedule;
import legible.train.TrainingPlan;
import legible.train.TrainingState;

/// Small models and trainings for the tests of this package.
final class Samples {
  private Samples() {}

  /// Every kind of layer once.
  static Architecture architecture() {
    return new Architecture(
        "sample",
        Shape.of(12, 12, 1),
        new Sequential(
            "sample",
            new ConvLayer("conv", 2, 3, Padding.SAME, Activation.RELU),
            new BatchNormLayer("norm", Activation.NONE),
            new ReluLayer("relu"),
            new ResidualBlock(
                "block",
                new Sequential(
                    "body", new ConvLayer("inner", 2, 3, Padding.pixels(1), Activation.NONE)),
                new Sequential("shortcut"),
                Activation.RELU),
            new MaxPoolLayer("max", 3, 2, Padding.pixels(1)),
            new AveragePoolLayer("mean", 2),
            new GlobalAveragePoolLayer("global"),
            new FlattenLayer("flatten"),
            new DropoutLayer("dropout", 0.25f),
            new DenseLayer("dense", 3, Activation.NONE)));
  }

  static SortedMap<String, String> metadata() {
    SortedMap<String, String> metadata = Provenance.of(Map.of("images.gz", "00ff"), plan());
    metadata.put(Provenance.ENGINE_VERSION, "0.1.0");
    metadata.put(Provenance.TEST_ACCURACY, "0.9965");
    metadata.put("note", "Ziffern 0–9 😀\nzwei Zeilen");
    return metadata;
  }

  static ModelFile model() {
    return new ModelFile(architecture(), architecture().initialize(7), metadata());
  }

  static TrainingPlan plan() {
    return plan(Adam.decoupled(0.01f), 0.998f, true);
  }

  static TrainingPlan plan(Optimizer optimizer, float averageDecay, boolean keepBest) {
    return new TrainingPlan(
        20,
        64,
        -42,
        optimizer,
        new Schedule.OneCycle(0.003, 0.25, 25, 10_000),
        0.05f,
        averageDecay,
        1.5,
        3,
        keepBest,
        List.of("conv.", "norm"));
  }

  /// A training after two epochs, every tensor with other elements.
  static Checkpoint checkpoint(TrainingPlan plan) {
    Architecture architecture = architecture();
    Weights weights = architecture.initialize(1);
    Weights average = plan.averageDecay() > 0 ? architecture.initialize(2) : weights;
    Weights best = plan.keepBest() ? architecture.initialize(3) : average;
    SortedMap<String, Weights> slots = new TreeMap<>();
    for (String slot : plan.optimizer().slots()) {
      slots.put(slot, new Weights(architecture.initialize(slot.hashCode()).trained()));
    }
    TrainingState state =
        new TrainingState(
            weights,
            average,
            new OptimizerState(plan.optimizer(), slots),
            List.of(
                new EpochRecord(1, 0.001, 1.0 / 3, 0.9, 0x1.0p-1060, 0.1 + 0.2),
                new EpochRecord(2, 1e-7, 0, 1, Double.NaN, Double.NaN)),
            best);
    SortedMap<String, String> metadata = Provenance.of(Map.of("images.gz", "00ff"));
    metadata.put(Provenance.ENGINE_VERSION, "0.1.0");
    return new Checkpoint(architecture, plan, state, metadata);
  }
}
