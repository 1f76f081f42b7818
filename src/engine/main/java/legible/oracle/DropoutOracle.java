package legible.oracle;

import java.util.List;
import legible.kernel.RandomBits;
import legible.op.Dropout;

/// `y[i] = x[i]·mask[i]` with mask 0 or 1/(1-rate). Which elements are dropped is taken from the
/// random bits' definition: those whose bits, as a fraction of 2³², are below the rate.
public final class DropoutOracle {
  private DropoutOracle() {}

  public static DoubleTensor forward(Dropout op, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    double[] y = new double[x.size()];
    for (int i = 0; i < y.length; i++) {
      // The bits are signed: -2³¹ is the lowest fraction.
      double fraction = (RandomBits.of(op.key(), i) + 0x1.0p31) / 0x1.0p32;
      y[i] = fraction < op.rate() ? 0 : x.data()[i] / (1 - (double) op.rate());
    }
    return new DoubleTensor(x.shape(), y);
  }

  /// `4·2⁻²⁴·|y|`: 1 - rate, the mask and the product are rounded once each, and one more for what
  /// the three together exceed their sum.
  public static DoubleTensor bound(Dropout op, List<DoubleTensor> in) {
    return Roundoff.relative(4, forward(op, in));
  }
}
