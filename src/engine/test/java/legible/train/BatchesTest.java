package legible.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import legible.KernelVariant;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchesTest {
  /// Two classes; every other sample belongs to none.
  private static final class Mixed implements Dataset {
    @Override
    public int size() {
      return 4;
    }

    @Override
    public Shape sample() {
      return Shape.of(1);
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public int label(int index) {
      return index % 2 == 0 ? 1 : NO_CLASS;
    }

    @Override
    public void read(int index, int epoch, int worker, float[] target, int offset) {
      target[offset] = index;
    }
  }

  @Test
  void samplesOfNoClassHaveEvenTargets() {
    KernelVariant.SCALAR_1.with(
        workspace -> {
          Batches batches = new Batches(new Mixed(), workspace);
          int[] order = {2, 1, 0, 3};
          Tensor targets = batches.targets(order, 0, 4);
          assertArrayEquals(new float[] {0, 1, 0.5f, 0.5f, 0, 1, 0.5f, 0.5f}, targets.data());
          Tensor logits = workspace.zeros(Shape.of(4, 2));
          logits.data()[1] = 1;
          logits.data()[3] = 1;
          assertEquals(1, batches.correct(logits, order, 0, 4), "never right without a class");
          return targets;
        });
  }
}
