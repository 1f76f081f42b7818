package legible.oracle;

import java.util.List;
import legible.op.Add;

/// `y = f(a + b)`
public final class AddOracle {
  private AddOracle() {}

  public static DoubleTensor forward(Add op, List<DoubleTensor> in) {
    DoubleTensor a = in.get(0);
    DoubleTensor b = in.get(1);
    double[] y = new double[a.size()];
    for (int i = 0; i < y.length; i++) {
      y[i] = a.data()[i] + b.data()[i];
    }
    return new DoubleTensor(a.shape(), y).activated(op.activation());
  }

  /// One rounding: `2⁻²⁴·|y|`.
  public static DoubleTensor bound(Add op, List<DoubleTensor> in) {
    return Roundoff.relative(1, forward(op, in));
  }
}
