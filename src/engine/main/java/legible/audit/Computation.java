package legible.audit;

import java.util.List;
import java.util.stream.Stream;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Something that runs on kernels, with what it promises: inputs are left alone, outputs are set, sums
/// are added to.
///
/// @param inputs what is read
/// @param outputs the shapes of what is set
/// @param sums the shapes of what is added to
/// @param job what is run
public record Computation(List<Tensor> inputs, List<Shape> outputs, List<Shape> sums, Job job) {
  /// Computes once.
  @FunctionalInterface
  public interface Job {
    /// Sets the outputs, which hold NaN before, and adds to the sums.
    void run(Workspace workspace, List<Tensor> inputs, List<Tensor> outputs, List<Tensor> sums);
  }

  /// An operation forward and backward: its inputs and dy, its output, the gradients.
  public static Computation of(OpCase given) {
    List<Integer> wanted = given.differentiated();
    List<Tensor> in = given.tensors();
    Tensor dy = given.dy();
    return new Computation(
        Stream.concat(in.stream(), Stream.of(dy)).toList(),
        List.of(dy.shape()),
        wanted.stream().map(i -> in.get(i).shape()).toList(),
        (workspace, inputs, outputs, sums) -> {
          GradientSink sink = new GradientSink(wanted, sums);
          List<Tensor> x = inputs.subList(0, in.size());
          Tensor y = GradientSink.run(workspace, given.op(), x, inputs.getLast(), sink).y();
          System.arraycopy(y.data(), 0, outputs.getFirst().data(), 0, y.size());
          workspace.releaseAll();
        });
  }
}
