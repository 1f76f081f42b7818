package legible.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TensorTest {
  @Test
  void elementsAreAsManyAsTheShapeSays() {
    ShapeException e =
        assertThrows(ShapeException.class, () -> Tensor.of(Shape.of(2, 3), new float[5]));
    assertEquals("Tensor: 6 elements expected for [2, 3], got 5", e.getMessage());
    assertThrows(ShapeException.class, () -> Tensor.zeros(Shape.of(4)).reshape(Shape.of(5)));
  }

  @Test
  void otherShapesShareTheArrayAndCopiesDoNot() {
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    assertSame(x.data(), x.reshape(Shape.of(4)).data());
    assertTrue(x.sharesArrayWith(x.reshape(Shape.of(4))));
    assertNotSame(x.data(), x.copy().data());
    assertFalse(x.sharesArrayWith(x.copy()));
  }

  @Test
  void withoutValuesItHasAShapeAndAnIdentityAndTakesNoMemory() {
    Tensor x = Tensor.withoutValues(Shape.of(1000, 1000));
    assertEquals(1_000_000, x.size());
    assertEquals(0, x.data().length);
    assertTrue(x.sharesArrayWith(x.reshape(Shape.of(1_000_000))));
    assertFalse(x.sharesArrayWith(Tensor.withoutValues(x.shape())));
  }
}
