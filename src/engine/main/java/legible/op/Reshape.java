package legible.op;

import java.util.List;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// The same elements under another shape; flattening an image to a vector is the usual case.
///
/// ```
///  forward    y[n,i]   = x[n,i]          i: row-major index within one sample
///  backward   dx[n,i] += dy[n,i]
/// ```
///
/// Shapes: x `[N,...]`, y `[N, sample...]`; both samples have the same number of elements. y shares
/// the array of x.
///
/// Saved: nothing.
///
/// @param sample the shape of one sample, without the batch axis
public record Reshape(Shape sample) implements Op<Op.Nothing> {
  @Override
  public Shape outputShape(List<Shape> in) {
    Shapes.count("Reshape", in, 1);
    Shape x = in.get(0);
    if (x.rank() < 1 || x.withoutFirst().size() != sample.size()) {
      throw new ShapeException(
          "Reshape: x expected [N, ...] with %d elements a sample to fit %s, got %s"
              .formatted(sample.size(), sample, x));
    }
    return sample.batchOf(x.dimension(0));
  }

  @Override
  public Forward<Nothing> forward(Workspace workspace, List<Tensor> in) {
    return new Forward<>(in.get(0).reshape(outputShape(Shapes.of(in))), Nothing.NOTHING);
  }

  @Override
  public void backward(
      Workspace workspace,
      List<Tensor> in,
      Forward<Nothing> forward,
      Tensor dy,
      Gradients gradients) {
    if (gradients.wants(0)) {
      workspace.kernels().elementwise().accumulate(dy.size(), dy.data(), gradients.of(0).data());
    }
  }
}
