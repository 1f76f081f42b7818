package legible.format;

import legible.tensor.Shape;
import legible.tensor.Tensor;

/// The order of axes in PyTorch: `[O,C,kH,kW]` for convolutions and `[J,I]` for dense layers, where
/// ours is `[kH,kW,C,O]` and `[I,J]`; lists are lists.
final class TorchAxes {
  private TorchAxes() {}

  /// The shape there of weights that have this shape here.
  static Shape torchShape(Shape ours) {
    int[] d = ours.toArray();
    return switch (d.length) {
      case 4 -> Shape.of(d[3], d[2], d[0], d[1]);
      case 2 -> Shape.of(d[1], d[0]);
      default -> ours;
    };
  }

  private static Shape ourShape(Shape theirs) {
    int[] d = theirs.toArray();
    return switch (d.length) {
      case 4 -> Shape.of(d[2], d[3], d[1], d[0]);
      case 2 -> Shape.of(d[1], d[0]);
      default -> theirs;
    };
  }

  static Tensor fromTorch(Tensor theirs) {
    Shape ours = ourShape(theirs.shape());
    float[] result = new float[theirs.size()];
    for (int i = 0; i < result.length; i++) {
      result[i] = theirs.data()[place(ours, i)];
    }
    return Tensor.of(ours, result);
  }

  static Tensor toTorch(Tensor ours) {
    float[] result = new float[ours.size()];
    for (int i = 0; i < result.length; i++) {
      result[place(ours.shape(), i)] = ours.data()[i];
    }
    return Tensor.of(torchShape(ours.shape()), result);
  }

  /// Where the element stands there that is the i-th of this shape here.
  private static int place(Shape ours, int i) {
    if (ours.rank() != 4 && ours.rank() != 2) {
      return i;
    }
    int outputs = ours.dimension(-1);
    int inputs = ours.dimension(-2);
    int taps = ours.size() / (outputs * inputs);
    int output = i % outputs;
    int input = i / outputs % inputs;
    int tap = i / outputs / inputs;
    return (output * inputs + input) * taps + tap;
  }
}
