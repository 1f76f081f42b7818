package legible.bench.peers;

import java.util.Optional;
import legible.bench.protocol.Engine;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Deeplearning4j on its native CPU backend.
final class Deeplearning4jPeer implements Engine {
  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  @Override
  public String version() {
    return PeerWorker.jarVersion(MultiLayerNetwork.class)
        + " ("
        + Nd4j.getBackend().getClass().getSimpleName()
        + ")";
  }

  @Override
  public Optional<Job> prepare(Message work) {
    if (!work.text("kind").equals("training")) {
      return Optional.empty();
    }
    int batch = work.integer("batch");
    MultiLayerNetwork network = network(work.text("network"));
    INDArray pictures =
        Nd4j.create(Numbers.pictures(batch * SIDE * SIDE), new int[] {batch, 1, SIDE, SIDE}, 'c');
    INDArray labels = Nd4j.zeros(batch, CLASSES);
    for (int i = 0; i < batch; i++) {
      labels.putScalar(i, i % CLASSES, 1);
    }
    return Optional.of(new CheckedJob(() -> network.fit(pictures, labels), network.numParams()));
  }

  private static MultiLayerNetwork network(String name) {
    boolean cnn = name.equals("cnn");
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(Numbers.LEARNING_RATE))
            .convolutionMode(cnn ? ConvolutionMode.Same : ConvolutionMode.Truncate)
            .list()
            .layer(convolution(cnn ? 16 : 32))
            .layer(pool())
            .layer(convolution(cnn ? 32 : 64))
            .layer(pool());
    OutputLayer.Builder output =
        new OutputLayer.Builder(LossFunction.MCXENT).nOut(CLASSES).activation(Activation.SOFTMAX);
    if (cnn) {
      layers.layer(new DenseLayer.Builder().nOut(128).activation(Activation.RELU).build());
    } else {
      output.dropOut(0.5);
    }
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            layers
                .layer(output.build())
                .setInputType(InputType.convolutional(SIDE, SIDE, 1))
                .build());
    network.init();
    return network;
  }

  private static ConvolutionLayer convolution(int channels) {
    return new ConvolutionLayer.Builder(3, 3).nOut(channels).activation(Activation.RELU).build();
  }

  private static SubsamplingLayer pool() {
    return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
        .kernelSize(2, 2)
        .stride(2, 2)
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }
}
