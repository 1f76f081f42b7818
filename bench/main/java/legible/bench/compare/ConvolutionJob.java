package legible.bench.compare;

import java.util.List;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;
import legible.kernel.Activation;
import legible.kernel.Kernels;
import legible.op.Conv2d;
import legible.op.Op;
import legible.op.Padding;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// A convolution with bias; on the way back the gradients of weights and bias and, where the inputs
/// come from another layer, of the inputs. Those of the first layers are pictures: nobody asks for
/// their gradient in training.
final class ConvolutionJob implements Job, Op.Gradients {
  private final Workspace workspace;
  private final Conv2d convolution;
  private final boolean backward;
  private final List<Tensor> in;
  private final Tensor dy;
  private final Tensor[] gradients = new Tensor[3];
  private double check = Double.NaN;

  ConvolutionJob(Message work, Kernels kernels) {
    workspace = new Workspace(kernels);
    int kernel = work.integer("kernel");
    int height = work.integer("height");
    int inputs = work.integer("inputs");
    int outputs = work.integer("outputs");
    backward = work.integer("backward") == 1;
    convolution =
        new Conv2d(
            work.integer("stride"), Padding.pixels(work.integer("padding")), Activation.NONE);
    in =
        List.of(
            tensor(0, Shape.of(work.integer("batch"), height, height, inputs)),
            tensor(1, Shape.of(kernel, kernel, inputs, outputs)),
            tensor(2, Shape.of(outputs)));
    dy = tensor(3, convolution.outputShape(in.stream().map(Tensor::shape).toList()));
  }

  /// Most channels of a picture.
  private static final int COLOURS = 3;

  private static Tensor tensor(int stream, Shape shape) {
    return Tensor.of(shape, Numbers.numbers(shape.size(), stream));
  }

  @Override
  public void run() {
    var forward = convolution.forward(workspace, in);
    if (backward) {
      for (int i = 0; i < gradients.length; i++) {
        gradients[i] = wants(i) ? workspace.zeros(in.get(i).shape()) : Tensor.zeros(Shape.of(0));
      }
      convolution.backward(workspace, in, forward, dy, this);
    }
    if (Double.isNaN(check)) {
      check =
          backward
              ? Numbers.rootMeanSquare(
                  forward.y().data(), gradients[0].data(), gradients[1].data(), gradients[2].data())
              : Numbers.rootMeanSquare(forward.y().data());
    }
    workspace.releaseAll();
  }

  @Override
  public double check() {
    return check;
  }

  @Override
  public boolean wants(int input) {
    return input > 0 || in.getFirst().shape().dimension(3) > COLOURS;
  }

  @Override
  public Tensor of(int input) {
    return gradients[input];
  }

  @Override
  public void close() {
    workspace.kernels().close();
  }
}
