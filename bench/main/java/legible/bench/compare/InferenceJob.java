package legible.bench.compare;

import legible.bench.protocol.Job;
import legible.bench.protocol.Numbers;
import legible.infer.Predictor;
import legible.kernel.KernelSet;
import legible.model.Architecture;

/// The logits of one batch, on the path by which the product answers.
public final class InferenceJob implements Job {
  private final Predictor predictor;
  private final int batch;
  private final float[] images;
  private final float[] logits;

  /// A job with threads of its own.
  ///
  /// @param network one of [ComparedNetworks]
  /// @param batch pictures of a call
  public InferenceJob(String network, int batch, KernelSet set, int threads) {
    Architecture architecture = ComparedNetworks.of(network);
    predictor =
        Predictor.create(architecture, ComparedNetworks.weights(architecture), set, threads);
    this.batch = batch;
    images = ComparedNetworks.pictures(architecture, batch).data();
    logits = new float[batch * predictor.classes()];
  }

  @Override
  public void run() {
    predictor.logits(images, batch, logits);
  }

  @Override
  public double check() {
    return Numbers.rootMeanSquare(logits);
  }

  @Override
  public void close() {
    predictor.close();
  }
}
