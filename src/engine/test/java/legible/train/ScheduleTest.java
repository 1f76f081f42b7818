package legible.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static void assertRates(Schedule schedule, long totalSteps, double... expected) {
    for (int step = 0; step < expected.length; step++) {
      assertEquals(
          expected[step], schedule.learningRate(step, totalSteps), 1e-15, "at step " + step);
    }
  }

  @Test
  void constant() {
    assertRates(new Schedule.Constant(0.1), 3, 0.1, 0.1, 0.1);
  }

  /// Seven steps in three parts: progress 0, 1/7, 2/7 | 3/7, 4/7 | 5/7, 6/7.
  @Test
  void step() {
    assertRates(new Schedule.Step(0.8, 0.5, 3), 7, 0.8, 0.8, 0.8, 0.4, 0.4, 0.2, 0.2);
  }

  /// `(1 + cos πp)/2` at p = 0, 1/4, 1/2, 3/4.
  @Test
  void cosine() {
    double root = Math.sqrt(0.5);
    assertRates(new Schedule.Cosine(2), 4, 2, 1 + root, 1, 1 - root);
  }

  /// Four steps up from 8/4 = 2 to the peak 8, then half a cosine towards 8/8 = 1.
  @Test
  void oneCycle() {
    double root = Math.sqrt(0.5);
    assertRates(
        new Schedule.OneCycle(8, 0.5, 4, 8),
        8,
        2,
        3.5,
        5,
        6.5,
        8,
        1 + 7 * (1 + root) / 2,
        4.5,
        1 + 7 * (1 - root) / 2);
  }

  @Test
  void oneCycleWithoutWarmUp() {
    assertRates(new Schedule.OneCycle(8, 0, 4, 8), 2, 8, 4.5);
  }

  @Test
  void textAndBack() {
    List<Schedule> schedules =
        List.of(
            new Schedule.Constant(1e-3),
            new Schedule.Step(0.1, 0.1, 3),
            new Schedule.Cosine(1.0 / 3),
            new Schedule.OneCycle(0.003, 0.25, 25, 1e4));
    for (Schedule schedule : schedules) {
      Schedule back = Schedule.parse(schedule.text());
      assertEquals(schedule, back);
      assertEquals(schedule.learningRate(5, 9), back.learningRate(5, 9));
    }
    assertEquals("constant 0.001", schedules.get(0).text());
    assertEquals("step 0.1 0.1 3", schedules.get(1).text());
    assertEquals("cosine 0.3333333333333333", schedules.get(2).text());
    assertEquals("one-cycle 0.003 0.25 25.0 10000.0", schedules.get(3).text());
  }

  @Test
  void badTexts() {
    for (String text :
        List.of(
            "", "constant", "constant x", "step 1 2", "step 1 2 3.5", "linear 1", "cosine 1 2")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Schedule.parse(text), text)
              .getMessage();
      assertTrue(message.endsWith("expected, got '" + text + "'"), message);
    }
  }
}
