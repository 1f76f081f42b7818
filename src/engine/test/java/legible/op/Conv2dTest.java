package legible.op;

import static legible.op.GradientCheck.gradCheck;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import legible.KernelVariant;
import legible.audit.Draw;
import legible.kernel.Activation;
import legible.oracle.Closeness;
import legible.oracle.Conv2dOracle;
import legible.oracle.DoubleTensor;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.ShapeException;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Conv2dTest {
  /// Padding, stride, kernel and channels of the geometries that are checked.
  private record Geometry(
      Padding padding, int stride, int kernelHeight, int kernelWidth, int channels, int filters) {
    Conv2d op(Activation activation) {
      return new Conv2d(stride, padding, activation);
    }
  }

  private static final List<Geometry> GEOMETRIES =
      List.of(
          new Geometry(Padding.SAME, 1, 3, 3, 1, 9),
          new Geometry(Padding.VALID, 1, 3, 3, 3, 4),
          new Geometry(Padding.SAME, 2, 3, 3, 2, 5),
          new Geometry(Padding.pixels(1), 2, 3, 3, 3, 3),
          new Geometry(Padding.pixels(2), 1, 5, 3, 2, 2),
          new Geometry(Padding.VALID, 1, 1, 1, 5, 7),
          new Geometry(Padding.VALID, 2, 1, 1, 3, 4),
          new Geometry(Padding.pixels(3), 2, 7, 7, 1, 3),
          new Geometry(Padding.SAME, 3, 2, 2, 2, 3));

  /// ```
  ///  x = 1 2   w = 1 10    same: padding below and right       b = -100
  ///      3 4       100 1000
  ///
  ///  z = 1+20+300+4000-100   2+400-100  =  4221  302     y = 4221 302
  ///      3+40-100            4-100          -57  -96            0   0
  ///  dy = 1   dz = 1 2   dx = 1    2+10     = 1 12     dw = 1+4  2   = 5 2    db = 3
  ///       ..       0 0       100  200+1000  100 1200      3+8  4    11 4
  /// ```
  @ParameterizedTest
  @EnumSource
  void valueByHand(KernelVariant variant) {
    Conv2d op = new Conv2d(1, Padding.SAME, Activation.RELU);
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
    Tensor w = Tensor.of(Shape.of(2, 2, 1, 1), 1, 10, 100, 1000);
    Tensor b = Tensor.of(Shape.of(1), -100);
    assertArrayEquals(new float[] {4221, 302, 0, 0}, OneOp.forward(variant, op, x, w, b).data());
    Tensor dy = Tensor.of(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
    List<Tensor> gradients = OneOp.gradients(variant, op, dy, x, w, b);
    assertArrayEquals(new float[] {1, 12, 100, 1200}, gradients.get(0).data());
    assertArrayEquals(new float[] {5, 2, 11, 4}, gradients.get(1).data());
    assertArrayEquals(new float[] {3}, gradients.get(2).data());
  }

  @ParameterizedTest
  @EnumSource
  void forwardIsWithinHighamsBound(KernelVariant variant) {
    for (Geometry g : GEOMETRIES) {
      CounterRandom random = new CounterRandom(g.hashCode());
      Tensor x = Draw.UNIFORM.tensor(random.split("x"), 3, 9, 8, g.channels());
      Tensor w =
          Draw.UNIFORM.tensor(
              random.split("w"), g.kernelHeight(), g.kernelWidth(), g.channels(), g.filters());
      Tensor b = Draw.UNIFORM.tensor(random.split("b"), g.filters());
      List<DoubleTensor> exact =
          List.of(DoubleTensor.of(x), DoubleTensor.of(w), DoubleTensor.of(b));
      for (Conv2d op : List.of(g.op(Activation.NONE), g.op(Activation.RELU))) {
        Closeness.assertWithin(
            Conv2dOracle.forward(op, exact),
            Conv2dOracle.bound(op, exact),
            OneOp.forward(variant, op, x, w, b));
      }
    }
  }

  @Test
  void gradient() {
    gradCheck(Conv2d.class);
  }

  @Test
  void outputShapes() {
    assertEquals(Shape.of(2, 5, 4, 3), shape(new Conv2d(2, Padding.SAME, Activation.NONE), 9, 8));
    assertEquals(Shape.of(2, 4, 3, 3), shape(new Conv2d(2, Padding.VALID, Activation.NONE), 9, 8));
    assertEquals(
        Shape.of(2, 5, 4, 3), shape(new Conv2d(2, Padding.pixels(1), Activation.NONE), 9, 8));
  }

  private static Shape shape(Conv2d op, int height, int width) {
    return op.outputShape(
        List.of(Shape.of(2, height, width, 4), Shape.of(3, 3, 4, 3), Shape.of(3)));
  }

  @Test
  void shapesThatDoNotFit() {
    refused(
        "Conv2d: w expected [kH, kW, 3, O] to match x [2, 8, 8, 3], got [3, 3, 1, 4]",
        "2,8,8,3",
        "3,3,1,4",
        "4");
    refused("Conv2d: b expected [4] to match w [3, 3, 3, 4], got [3]", "2,8,8,3", "3,3,3,4", "3");
    refused("Conv2d: x expected [N,H,W,C], got [8, 8, 3]", "8,8,3", "3,3,3,4", "4");
    refused("Conv2d: w expected [kH,kW,C,O], got [3, 4]", "2,8,8,3", "3,4", "4");
    refused(
        "Conv2d: x expected at least 9x3 pixels with padding 0, got [2, 8, 8, 3]",
        "2,8,8,3",
        "9,3,3,4",
        "4");
    assertEquals(
        "Conv2d: stride expected >= 1, got 0",
        assertThrows(
                IllegalArgumentException.class, () -> new Conv2d(0, Padding.VALID, Activation.NONE))
            .getMessage());
  }

  private static void refused(String message, String... shapes) {
    Conv2d op = new Conv2d(1, Padding.VALID, Activation.NONE);
    assertEquals(
        message,
        assertThrows(ShapeException.class, () -> op.outputShape(Texts.shapes(shapes)))
            .getMessage());
  }
}
