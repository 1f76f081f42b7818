package legible.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A plan and its text are the same thing.
class TrainingPlanTest {
  private static TrainingPlan plan(Optimizer optimizer, Schedule schedule, List<String> frozen) {
    return new TrainingPlan(
        7, 32, Long.MIN_VALUE, optimizer, schedule, 0.1f, 0.999f, 1.0 / 3, 4, true, frozen);
  }

  private static TrainingPlan plan() {
    return plan(Adam.standard(), new Schedule.Constant(0.1), List.of());
  }

  @Test
  void parseIsTheWayBack() {
    for (Optimizer optimizer :
        List.of(Adam.standard(), Adam.decoupled(1e-2f), new Sgd(0.9f, true, 1e-4f))) {
      for (Schedule schedule :
          List.of(
              new Schedule.Constant(1.0 / 3),
              new Schedule.Step(0.1, 0.5, 3),
              new Schedule.Cosine(1e-300),
              new Schedule.OneCycle(0.003, 0.25, 25, 1e4))) {
        for (List<String> frozen : List.of(List.<String>of(), List.of("a"), List.of("b.", "a"))) {
          TrainingPlan plan = plan(optimizer, schedule, frozen);
          assertEquals(plan, TrainingPlan.parse(plan.settings()));
        }
      }
    }
  }

  @Test
  void everySettingIsThere() {
    assertEquals(TrainingPlan.class.getRecordComponents().length, plan().settings().size());
  }

  @Test
  void otherSettingsAreRefused() {
    for (String key : plan().settings().keySet()) {
      Map<String, String> missing = new TreeMap<>(plan().settings());
      missing.remove(key);
      assertThrows(IllegalArgumentException.class, () -> TrainingPlan.parse(missing), key);
      for (String wrong : List.of(" ", "x y", "-1x", "NaN", "01")) {
        Map<String, String> changed = new TreeMap<>(plan().settings());
        changed.put(key, wrong);
        if (!key.equals("frozen") || wrong.equals(" ")) {
          assertThrows(
              IllegalArgumentException.class, () -> TrainingPlan.parse(changed), key + wrong);
        }
      }
    }
    Map<String, String> more = new TreeMap<>(plan().settings());
    more.put("color", "blue");
    assertThrows(IllegalArgumentException.class, () -> TrainingPlan.parse(more));
  }

  @Test
  void frozenPrefixesAreWords() {
    for (String bad : List.of("", "a b", "a\n")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> plan(Adam.standard(), new Schedule.Constant(0.1), List.of(bad)));
    }
  }
}
