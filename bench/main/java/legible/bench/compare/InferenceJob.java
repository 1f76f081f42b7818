package legible.bench.compare;

import legible.autograd.Inference;
import legible.autograd.Weights;
import legible.bench.protocol.Job;
import legible.bench.protocol.Numbers;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The logits of one batch.
final class InferenceJob implements Job {
  private final Workspace workspace;
  private final Architecture architecture;
  private final Weights weights;
  private final Tensor images;
  private double check = Double.NaN;

  InferenceJob(String network, int batch, Kernels kernels) {
    workspace = new Workspace(kernels);
    architecture = DigitNetworks.of(network);
    weights = DigitNetworks.weights(architecture);
    images = DigitNetworks.pictures(architecture, batch);
  }

  @Override
  public void run() {
    try (Inference inference = new Inference(workspace, weights)) {
      Tensor logits = architecture.forward(inference, images);
      if (Double.isNaN(check)) {
        check = Numbers.rootMeanSquare(logits.data());
      }
    }
  }

  @Override
  public double check() {
    return check;
  }

  @Override
  public void close() {
    workspace.kernels().close();
  }
}
