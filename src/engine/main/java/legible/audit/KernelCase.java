package legible.audit;

import java.util.ArrayList;
import java.util.List;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// A kernel with arguments of certain sizes: one thing to check.
///
/// @param family the class of the kernel, such as `Gemm`
/// @param method its name, and which of its ways if there are more
/// @param shapes of the inputs
/// @param computation how it is run
/// @param definition what it should give
public record KernelCase(
    String family, String method, String shapes, Computation computation, Definition definition) {

  /// What a kernel gives in double precision.
  @FunctionalInterface
  public interface Definition {
    /// Compares what a run gave.
    ///
    /// @param in the inputs
    /// @param starts what the sums held before
    Accuracy compare(List<Tensor> in, List<Tensor> starts, Contract.Result actual);
  }

  /// A case in the making: the kernel and its arguments.
  public static Outline of(String family, String method) {
    return new Outline(family, method);
  }

  /// Collects inputs, outputs and sums; at the end how to run the kernel and what it should give.
  public static final class Outline {
    private static final CounterRandom RANDOM = new CounterRandom(7);

    private final String family;
    private final String method;
    private final List<String> texts = new ArrayList<>();
    private final List<Tensor> inputs = new ArrayList<>();
    private final List<Shape> outputs = new ArrayList<>();
    private final List<Shape> sums = new ArrayList<>();

    private Outline(String family, String method) {
      this.family = family;
      this.method = method;
    }

    /// With uniform numbers in [-1, 1).
    public Outline input(String name, int... dimensions) {
      return input(name, Draw.UNIFORM, dimensions);
    }

    /// With numbers of some kind.
    public Outline input(String name, Draw draw, int... dimensions) {
      return input(name, draw.tensor(RANDOM.split(name), dimensions));
    }

    /// With these numbers.
    public Outline input(String name, Tensor tensor) {
      texts.add(name + " " + tensor.shape());
      inputs.add(tensor);
      return this;
    }

    /// Sets an array.
    public Outline output(int... dimensions) {
      outputs.add(Shape.of(dimensions));
      return this;
    }

    /// Adds to an array.
    public Outline sum(int... dimensions) {
      sums.add(Shape.of(dimensions));
      return this;
    }

    /// The case.
    public KernelCase runs(Computation.Job job, Definition definition) {
      return new KernelCase(
          family,
          method,
          String.join(", ", texts),
          new Computation(inputs, outputs, sums, job),
          definition);
    }
  }

  @Override
  public String toString() {
    return family + "." + method + " of " + shapes;
  }
}
