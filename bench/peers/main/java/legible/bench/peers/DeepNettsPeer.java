package legible.bench.peers;

import deepnetts.data.MLDataItem;
import deepnetts.data.TabularDataSet;
import deepnetts.net.ConvolutionalNetwork;
import deepnetts.net.layers.AbstractLayer;
import deepnetts.net.layers.activation.ActivationType;
import deepnetts.net.loss.LossType;
import deepnetts.net.train.BackpropagationTrainer;
import deepnetts.util.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import legible.bench.protocol.Engine;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;

/// Deep Netts, community edition: the one peer in pure Java.
///
/// It has no Adam, no dropout and no convolution without padding: what it does instead is less work
/// per parameter, but its second network is larger. Its trainer measures the accuracy after each
/// epoch, here after each step: no more than one forward pass of four.
final class DeepNettsPeer implements Engine {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  @Override
  public String version() {
    return PeerWorker.jarVersion(ConvolutionalNetwork.class)
        + " (SGD, same padding, no dropout: it has no other)";
  }

  @Override
  public Optional<Job> prepare(Message work) {
    if (!work.text("kind").equals("training")) {
      return Optional.empty();
    }
    int batch = work.integer("batch");
    ConvolutionalNetwork network = network(work.text("network"));
    TabularDataSet<MLDataItem> data = new Digits();
    float[] pictures = Numbers.pictures(batch * SIDE * SIDE);
    for (int i = 0; i < batch; i++) {
      float[] pixels = Arrays.copyOfRange(pictures, i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
      float[] target = new float[CLASSES];
      target[i % CLASSES] = 1;
      data.add(new TabularDataSet.Item(new Tensor(SIDE, SIDE, 1, pixels), new Tensor(target)));
    }
    BackpropagationTrainer trainer =
        new BackpropagationTrainer(network)
            .setBatchMode(true)
            .setBatchSize(batch)
            .setMaxEpochs(1)
            .setMaxError(0)
            .setLearningRate(Numbers.LEARNING_RATE);
    return Optional.of(new CheckedJob(() -> trainer.train(data), parameters(network)));
  }

  private static ConvolutionalNetwork network(String name) {
    boolean cnn = name.equals("cnn");
    ConvolutionalNetwork.Builder builder =
        ConvolutionalNetwork.builder()
            .addInputLayer(SIDE, SIDE, 1)
            .addConvolutionalLayer(3, cnn ? 16 : 32, ActivationType.RELU)
            .addMaxPoolingLayer(2, 2)
            .addConvolutionalLayer(3, cnn ? 32 : 64, ActivationType.RELU)
            .addMaxPoolingLayer(2, 2);
    if (cnn) {
      builder.addFullyConnectedLayer(128, ActivationType.RELU);
    }
    return builder
        .addOutputLayer(CLASSES, ActivationType.SOFTMAX)
        .lossFunction(LossType.CROSS_ENTROPY)
        .randomSeed(1)
        .build();
  }

  private static long parameters(ConvolutionalNetwork network) {
    long count = 0;
    for (AbstractLayer layer : network.getLayers()) {
      if (layer.getWeights() != null) {
        count += layer.getWeights().size();
      }
      if (layer.getBiases() != null) {
        count += layer.getBiases().length;
      }
    }
    return count;
  }

  /// A data set whose classes have names, as the trainer's measuring of the accuracy needs.
  @SuppressWarnings("unchecked") // raw types of the library
  private static final class Digits extends TabularDataSet<MLDataItem> {
    Digits() {
      super(SIDE * SIDE, CLASSES);
    }

    @Override
    public String[] getTargetColumnsNames() {
      return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toArray(String[]::new);
    }
  }
}
