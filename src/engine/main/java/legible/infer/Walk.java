package legible.infer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import legible.autograd.Pass;
import legible.autograd.Weights;
import legible.kernel.Kernels;
import legible.model.Architecture;
import legible.op.Op;
import legible.op.Relu;
import legible.tensor.Tensor;

/// The way to an answer, step by step: for whoever has to explain it.
///
/// It runs the very steps of a [Predictor], with the same folded weights and the same kernels; only
/// that no value's memory is used again, so that all of them can be looked at afterwards. Its logits
/// have the bits of the predictor's.
///
/// Serves one calling thread at a time. The weights must not be modified while it is in use.
public final class Walk {
  private final FoldedNetwork network;
  private final MemoryPlan plan;
  private final Program program;
  private final Kernels kernels;
  private final List<String> names;

  /// Makes a model ready.
  ///
  /// @param kernels what to compute with, not closed here; the bits are always the same
  /// @throws legible.tensor.ShapeException if the layers do not fit together
  public Walk(Architecture architecture, Weights weights, Kernels kernels) {
    this.network = FoldedNetwork.of(architecture, weights, kernels).scaled();
    this.plan = new MemoryPlan(network, true);
    this.program = Program.of(network, plan, kernels);
    this.kernels = kernels;
    this.names = names(network.lines());
  }

  /// One step of the way, with what went in and what came out of it.
  ///
  /// @param name unique within the walk: that of the first of its layers; a ReLU that is done behind
  ///     another layer has `.relu` behind the name of its own
  /// @param layers the layers that the step does, folded into one
  /// @param op the operation
  /// @param in its inputs for one sample: values, then parameters as they are after folding
  /// @param out what it stored, `[1, ...]`
  public record Stage(String name, List<String> layers, Op<?> op, List<Tensor> in, Tensor out) {
    public Stage {
      layers = List.copyOf(layers);
      in = List.copyOf(in);
    }
  }

  /// Computes the answer for one sample.
  ///
  /// @param input the sample's elements, not modified
  /// @return the steps in the order of computation; the last one's output are the logits
  /// @throws IllegalArgumentException if input has another length
  public List<Stage> run(float[] input) {
    if (input.length != program.input()) {
      throw new IllegalArgumentException(
          "Walk: input of %d values expected, got %d".formatted(program.input(), input.length));
    }
    Session session = new Session(program, kernels); // its memory is handed out
    session.run(input, 0, 1, new float[program.output()]);
    Set<Tensor> values = new HashSet<>(List.of(network.input()));
    List<Stage> stages = new ArrayList<>();
    for (FoldedLine line : network.lines()) {
      values.add(line.out());
      stages.add(
          new Stage(
              names.get(stages.size()),
              line.layers(),
              line.op(),
              line.in().stream().map(t -> values.contains(t) ? value(t, session) : t).toList(),
              value(line.out(), session)));
    }
    return List.copyOf(stages);
  }

  private Tensor value(Tensor planned, Session session) {
    return Tensor.of(planned.shape(), session.buffer(plan.buffer(planned)));
  }

  /// Applies the same operations to a batch within another walk: with a [legible.autograd.Tape] that
  /// watches x, this is the way to the gradient of a logit with respect to the input. Layers that
  /// behave otherwise in training do here as they do for an answer.
  ///
  /// @param x `[N, input...]`
  /// @return the logits, `[N, classes]`, with the bits of the predictor's
  public Tensor forward(Pass pass, Tensor x) {
    return network.forward(pass, x);
  }

  private static List<String> names(List<FoldedLine> lines) {
    Set<String> taken = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (FoldedLine line : lines) {
      String layer = line.layers().getFirst();
      String name = layer;
      if (taken.contains(name) && line.op() instanceof Relu) {
        name = layer + ".relu";
      }
      for (int number = 2; !taken.add(name); number++) {
        name = layer + "." + number;
      }
      names.add(name);
    }
    return names;
  }
}
