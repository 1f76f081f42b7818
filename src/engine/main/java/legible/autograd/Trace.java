package legible.autograd;

import java.util.ArrayList;
import java.util.List;
import legible.op.Op;
import legible.op.Reshape;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// A walk that only writes down which operations a model applies to what: outputs have their shapes
/// but no values. [legible.infer.Program] is made from it.
public final class Trace implements Pass {
  private final Workspace workspace;
  private final Weights weights;
  private final List<Line> lines = new ArrayList<>();
  private String layer = "";

  public Trace(Workspace workspace, Weights weights) {
    this.workspace = workspace;
    this.weights = weights;
  }

  /// One applied operation. Two tensors are the same value if they share an array.
  ///
  /// @param layers the name of the layer that applies it; a folded line has more than one
  /// @param op the operation
  /// @param in its inputs: parameters, the model's input or outputs of earlier lines
  /// @param out its output
  public record Line(List<String> layers, Op<?> op, List<Tensor> in, Tensor out) {
    public Line {
      layers = List.copyOf(layers);
      in = List.copyOf(in);
    }
  }

  /// The operations in the order of computation.
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void enter(String name) {
    layer = name;
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public Tensor parameter(String name) {
    return weights.get(name).value();
  }

  @Override
  public <S extends Record> Op.Forward<S> apply(Op<S> op, Tensor... in) {
    List<Tensor> inputs = List.of(in);
    Shape shape = op.outputShape(inputs.stream().map(Tensor::shape).toList());
    Tensor out = op instanceof Reshape ? in[0].reshape(shape) : Tensor.withoutValues(shape);
    lines.add(new Line(List.of(layer), op, inputs, out));
    return new Op.Forward<>(out, null);
  }

  @Override
  public void done(Tensor x) {
    // Nothing was lent.
  }
}
