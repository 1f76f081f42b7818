package legible.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import legible.KernelVariant;
import legible.autograd.Weights;
import legible.model.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EvaluationTest {
  @Test
  void counts() {
    float[][] probabilities = {{0.7f, 0.3f}, {0.5f, 0.5f}, {0.2f, 0.8f}, {0.9f, 0.1f}};
    Evaluation evaluation = new Evaluation(probabilities, new int[] {0, 1, 1, 0}, 0.25);
    assertEquals(4, evaluation.images());
    assertEquals(0, evaluation.predicted(1), "the first among equals");
    assertEquals(3, evaluation.correct());
    assertEquals(0.75, evaluation.accuracy());
    assertArrayEquals(new int[][] {{2, 0}, {1, 1}}, evaluation.confusion());
  }

  /// 300 images are two batches; each row is computed alone, so the batch changes no bit.
  @ParameterizedTest
  @EnumSource
  void batchesDoNotMatter(KernelVariant variant) {
    Architecture architecture = Stripes.network();
    Weights weights = architecture.initialize(4);
    variant.with(
        workspace -> {
          List<Integer> progress = new ArrayList<>();
          Evaluation all =
              Evaluation.of(
                  architecture,
                  weights,
                  new Stripes(300),
                  workspace,
                  (images, total) -> progress.add(images));
          assertEquals(List.of(256, 300), progress);
          Evaluation few =
              Evaluation.of(
                  architecture, weights, new Stripes(7), workspace, (images, total) -> {});
          double loss = 0;
          for (int i = 0; i < 7; i++) {
            assertArrayEquals(all.probabilities()[i], few.probabilities()[i]);
            loss -= Math.log(few.probabilities()[i][few.labels()[i]]) / 7;
          }
          assertEquals(loss, few.loss(), 1e-6);
          return null;
        });
  }

  @Test
  void nothing() {
    Evaluation evaluation =
        KernelVariant.SCALAR_1.with(
            workspace ->
                Evaluation.of(
                    Stripes.network(),
                    Stripes.network().initialize(1),
                    new Stripes(0),
                    workspace,
                    (images, total) -> {}));
    assertEquals(0, evaluation.images());
    assertEquals(0, evaluation.correct());
    assertEquals(0, evaluation.confusion().length);
    assertEquals(0.0, evaluation.loss());
  }
}
