package legible.oracle;

import java.util.List;
import legible.op.MaxPool2d;

/// `y[n,oh,ow,c]` is the largest pixel that the window sees.
public final class MaxPool2dOracle {
  private MaxPool2dOracle() {}

  public static DoubleTensor forward(MaxPool2d op, List<DoubleTensor> in) {
    return PoolOracle.forward(
        in.get(0), op.size(), op.stride(), op.padding(), pixels -> pixels.max().orElseThrow());
  }

  /// None: a pixel is chosen, nothing is rounded.
  public static DoubleTensor bound(MaxPool2d op, List<DoubleTensor> in) {
    return Roundoff.relative(0, forward(op, in));
  }
}
