package legible.bench.peers;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.nio.file.Path;
import java.util.Optional;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;

/// The Deep Java Library on its PyTorch engine. The number of threads: OMP_NUM_THREADS.
final class DjlPeer implements legible.bench.protocol.Engine {
  private static final Shape WINDOW = new Shape(2, 2);

  /// An engine that unpacks its libraries below a folder and downloads nothing.
  DjlPeer(Path folder) {
    System.setProperty("DJL_CACHE_DIR", folder.resolve("djl").toString());
    System.setProperty("ai.djl.offline", "true");
  }

  @Override
  public String version() {
    Engine engine = Engine.getInstance();
    return Engine.getDjlVersion() + " (" + engine.getEngineName() + " " + engine.getVersion() + ")";
  }

  @Override
  public Optional<Job> prepare(Message work) {
    if (!work.text("kind").equals("training")) {
      return Optional.empty();
    }
    return Optional.of(new Training(work.text("network"), work.integer("batch")));
  }

  private static final class Training implements Job {
    private final Model model;
    private final Trainer trainer;
    private final NDArray pictures;
    private final NDArray labels;

    Training(String network, int batch) {
      model = Model.newInstance(network);
      model.setBlock(block(network));
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                  .optOptimizer(
                      Optimizer.adam()
                          .optLearningRateTracker(Tracker.fixed(Numbers.LEARNING_RATE))
                          .build()));
      Shape shape = new Shape(batch, 1, 28, 28);
      trainer.initialize(shape);
      NDManager manager = model.getNDManager();
      pictures = manager.create(Numbers.pictures((int) shape.size()), shape);
      labels = manager.arange(batch).mod(10);
    }

    @Override
    public void run() {
      try (NDManager step = model.getNDManager().newSubManager()) {
        NDList in = new NDList(pictures);
        in.tempAttach(step);
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDList logits = trainer.forward(in);
          collector.backward(trainer.getLoss().evaluate(new NDList(labels), logits));
        }
        trainer.step();
      }
    }

    @Override
    public double check() {
      return model.getBlock().getParameters().stream()
          .mapToLong(p -> p.getValue().getArray().size())
          .sum();
    }

    @Override
    public void close() {
      trainer.close();
      model.close();
    }
  }

  private static SequentialBlock block(String network) {
    boolean cnn = network.equals("cnn");
    int padding = cnn ? 1 : 0;
    SequentialBlock block =
        new SequentialBlock()
            .add(convolution(cnn ? 16 : 32, padding))
            .add(Activation.reluBlock())
            .add(Pool.maxPool2dBlock(WINDOW, WINDOW))
            .add(convolution(cnn ? 32 : 64, padding))
            .add(Activation.reluBlock())
            .add(Pool.maxPool2dBlock(WINDOW, WINDOW))
            .add(Blocks.batchFlattenBlock());
    if (cnn) {
      block.add(Linear.builder().setUnits(128).build()).add(Activation.reluBlock());
    } else {
      block.add(Dropout.builder().optRate(0.5f).build());
    }
    return block.add(Linear.builder().setUnits(10).build());
  }

  private static Conv2d convolution(int filters, int padding) {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(padding, padding))
        .setFilters(filters)
        .build();
  }
}
