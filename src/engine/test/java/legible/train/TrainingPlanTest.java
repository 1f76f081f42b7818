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

  private static TrainingPlan grouped(TrainingPlan plan) {
    return plan.with(List.of(new ParameterGroup("head.", 10), new ParameterGroup("head", 1.0 / 3)));
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
          assertEquals(grouped(plan), TrainingPlan.parse(grouped(plan).settings()));
        }
      }
    }
  }

  @Test
  void everySettingIsThere() {
    assertEquals(
        TrainingPlan.class.getRecordComponents().length, grouped(plan()).settings().size());
  }

  @Test
  void theFirstGroupDecides() {
    TrainingPlan plan = grouped(plan());
    assertEquals(10, plan.learningRateFactor("head.weight"));
    assertEquals(1.0 / 3, plan.learningRateFactor("head2.weight"));
    assertEquals(1, plan.learningRateFactor("conv.weight"));
    for (String wrong : List.of("", "a", "a b", "a 0", "a -1", "a NaN", "a Infinity", "a 1 b")) {
      Map<String, String> settings = new TreeMap<>(plan.settings());
      settings.put("parameter-groups", wrong);
      assertThrows(
          IllegalArgumentException.class, () -> TrainingPlan.parse(settings), "'" + wrong + "'");
    }
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
