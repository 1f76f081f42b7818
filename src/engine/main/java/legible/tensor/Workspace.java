package legible.tensor;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import legible.kernel.Kernels;

/// What an operation computes with: the kernels, and memory that is reused from step to step.
///
/// A tensor is lent by [#tensor] or [#zeros] and returned by [#release] or, all that is still lent,
/// by [#releaseAll] at the end of a step. A second step of the same shapes takes back the arrays of
/// the first, so that steady state allocates no array at all: fresh large arrays cost page faults
/// and zeroing.
///
/// Not thread-safe: one workspace belongs to one calling thread (its kernels may use more threads
/// inside of a call).
public final class Workspace {
  private final Kernels kernels;
  private final Map<Integer, ArrayDeque<float[]>> free = new HashMap<>();
  private final IdentityHashMap<Tensor, Boolean> lent = new IdentityHashMap<>();

  public Workspace(Kernels kernels) {
    this.kernels = kernels;
  }

  public Kernels kernels() {
    return kernels;
  }

  /// Lends a tensor whose contents are undefined: the borrower must write every element.
  public Tensor tensor(Shape shape) {
    ArrayDeque<float[]> stack = free.get(shape.size());
    float[] data = stack == null || stack.isEmpty() ? new float[shape.size()] : stack.pop();
    Tensor tensor = Tensor.of(shape, data);
    lent.put(tensor, Boolean.TRUE);
    return tensor;
  }

  /// Lends a tensor of zeros.
  public Tensor zeros(Shape shape) {
    Tensor tensor = tensor(shape);
    kernels.elementwise().zero(tensor.size(), tensor.data());
    return tensor;
  }

  /// Takes back one tensor before the end of the step. A tensor that was not lent here, or a view of
  /// one, is left alone: its array belongs to somebody else.
  public void release(Tensor tensor) {
    if (lent.remove(tensor) != null) {
      giveBack(tensor);
    }
  }

  /// Takes back everything that is still lent; nobody may use those tensors any more.
  public void releaseAll() {
    lent.keySet().forEach(this::giveBack);
    lent.clear();
  }

  private void giveBack(Tensor tensor) {
    free.computeIfAbsent(tensor.size(), size -> new ArrayDeque<>()).push(tensor.data());
  }
}
