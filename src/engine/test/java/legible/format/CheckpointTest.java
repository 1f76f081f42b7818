package legible.format;

import static legible.format.ModelFileTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import legible.train.Adam;
import legible.train.OptimizerState;
import legible.train.Sgd;
import legible.train.TrainingPlan;
import legible.train.TrainingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A training comes back with every bit and with the same objects shared.
class CheckpointTest {
  @TempDir Path folder;

  static Stream<TrainingPlan> plans() {
    return Stream.of(
        Samples.plan(),
        Samples.plan(Adam.standard(), 0f, true),
        Samples.plan(Adam.standard(), 0.9f, false),
        Samples.plan(new Sgd(0.9f, true, 1e-4f), 0f, false));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void readingGivesWhatWasWritten(TrainingPlan plan) throws IOException {
    Checkpoint checkpoint = Samples.checkpoint(plan);
    Path path = folder.resolve("last.checkpoint");
    checkpoint.write(path);
    Checkpoint again = Checkpoint.read(path);
    assertEquals(checkpoint.architecture(), again.architecture());
    assertEquals(plan, again.plan());
    assertEquals(checkpoint.metadata(), again.metadata());
    TrainingState expected = checkpoint.state();
    TrainingState actual = again.state();
    assertEquals(expected.history(), actual.history());
    assertSameBits(expected.weights(), actual.weights());
    assertSameBits(expected.average(), actual.average());
    assertSameBits(expected.result(), actual.result());
    assertEquals(
        List.copyOf(expected.optimizer().slots().keySet()),
        List.copyOf(actual.optimizer().slots().keySet()));
    expected
        .optimizer()
        .slots()
        .forEach((slot, values) -> assertSameBits(values, actual.optimizer().slots().get(slot)));
    assertArrayEquals(Files.readAllBytes(path), again.encode());
    assertEquals(checkpoint.sha256(), again.sha256());
  }

  @ParameterizedTest
  @MethodSource("plans")
  void whatWasOneObjectIsOneAgain(TrainingPlan plan) throws IOException {
    TrainingState state = Checkpoint.decode("memory", Samples.checkpoint(plan).encode()).state();
    if (plan.averageDecay() > 0) {
      assertNotSame(state.weights(), state.average());
    } else {
      assertSame(state.weights(), state.average());
    }
    if (plan.keepBest()) {
      assertNotSame(state.average(), state.result());
    } else {
      assertSame(state.average(), state.result());
    }
  }

  @Test
  void sharedTensorsAreStoredOnce() {
    int all = Samples.checkpoint(Samples.plan(Adam.standard(), 0.9f, true)).encode().length;
    int shared = Samples.checkpoint(Samples.plan(Adam.standard(), 0f, false)).encode().length;
    int data = Samples.model().encode().length - FileForge.dataOffset(Samples.model().encode());
    assertTrue(all - shared > 2 * (data - 64), all + " and " + shared);
  }

  @Test
  void aTrainingThatHasNotBegunCanBeSaved() throws IOException {
    TrainingPlan plan = Samples.plan();
    TrainingState state = TrainingState.start(plan, Samples.architecture());
    Checkpoint checkpoint = new Checkpoint(Samples.architecture(), plan, state, new TreeMap<>());
    assertEquals(0, Checkpoint.decode("memory", checkpoint.encode()).state().epochs());
  }

  @Test
  void theCountryDoesNotMatter() {
    byte[] expected = Samples.checkpoint(Samples.plan()).encode();
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("ar-EG-u-nu-arab", "tr-TR", "de-DE")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertArrayEquals(expected, Samples.checkpoint(Samples.plan()).encode(), tag);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theDataCanBeCompared() throws IOException {
    Checkpoint again = Checkpoint.decode("memory", Samples.checkpoint(Samples.plan()).encode());
    assertEquals(Map.of("images.gz", "00ff"), Provenance.data(again.metadata()));
  }

  @Test
  void partsHaveToBelongTogether() {
    Checkpoint good = Samples.checkpoint(Samples.plan());
    TrainingState state = good.state();
    TrainingState otherOptimizer =
        new TrainingState(
            state.weights(),
            state.average(),
            OptimizerState.create(new Sgd(0.9f, false, 0f), state.weights()),
            List.of(),
            state.result());
    assertRefused(good.plan(), otherOptimizer, new TreeMap<>(), "'optimizer.velocity:conv.weight'");
    TrainingState alone =
        new TrainingState(
            state.weights(), state.weights(), state.optimizer(), List.of(), state.result());
    assertRefused(good.plan(), alone, new TreeMap<>(), "moving average true");
    TrainingState unsorted =
        new TrainingState(
            state.weights(),
            state.average(),
            state.optimizer(),
            state.history().reversed(),
            state.result());
    assertRefused(good.plan(), unsorted, new TreeMap<>(), "epoch 1 expected, got 2");
    for (String own : List.of("plan.epochs", "history.000001")) {
      assertRefused(good.plan(), state, new TreeMap<>(Map.of(own, "1")), own);
    }
  }

  private static void assertRefused(
      TrainingPlan plan, TrainingState state, SortedMap<String, String> metadata, String words) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Checkpoint(Samples.architecture(), plan, state, metadata));
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  @Test
  void everyTruncationAndFlippedBitIsRefused() {
    byte[] file = Samples.checkpoint(Samples.plan(new Sgd(0, false, 0), 0f, false)).encode();
    for (int length = 0; length < file.length; length++) {
      byte[] shorter = Arrays.copyOf(file, length);
      assertThrows(ModelFormatException.class, () -> Checkpoint.decode("x", shorter));
    }
    for (int bit = 0; bit < file.length * Byte.SIZE; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThrows(ModelFormatException.class, () -> Checkpoint.decode("x", flipped));
    }
  }

  @Test
  void hostilePlansAndHistoriesAreRefused() {
    refused(Map.of("plan.epochs", "1"), "at most 1 finished epochs");
    refused(Map.of("plan.epochs", "020"), "the settings");
    refused(Map.of("plan.epochs", "x"), "numbers expected");
    refused(Map.of("plan.more", "1"), "the settings");
    refused(Map.of("plan.optimizer", " "), "Optimizer:");
    refused(Map.of("plan.optimizer", "adam NaN 0 0 0"), "Adam:");
    refused(Map.of("plan.schedule", " "), "Schedule:");
    refused(Map.of("plan.schedule", "cosine " + "9".repeat(60_000)), "the settings");
    refused(Map.of("plan.average-decay", "NaN"), "averageDecay");
    refused(Map.of("plan.average-decay", "0.0"), "'average:conv.weight' is unknown");
    refused(Map.of("plan.keep-best", "false"), "'best:conv.weight' is unknown");
    refused(Map.of("plan.frozen", "a  b"), "frozen prefixes");
    refused(Map.of("history.000004", "0x1.0p0 0x1.0p0 0x1.0p0 0x1.0p0 0x1.0p0"), "history.000003");
    refused(Map.of("history.000003", "1.0 0x1.0p0 0x1.0p0 0x1.0p0 0x1.0p0"), "hexadecimal");
    refused(Map.of("history.000003", "x x x x x"), "hexadecimal");
    refused(Map.of("history.000003", ""), "five numbers");
  }

  private static void refused(Map<String, String> changes, String words) {
    Container sound = Samples.checkpoint(Samples.plan()).container();
    SortedMap<String, String> metadata = new TreeMap<>(sound.metadata());
    metadata.putAll(changes);
    byte[] file =
        new Container(FileKind.CHECKPOINT, sound.architecture(), metadata, sound.tensors())
            .encode();
    ModelFormatException refusal =
        assertThrows(
            ModelFormatException.class, () -> Checkpoint.decode("some.legible", file), words);
    assertTrue(refusal.reason().contains(words), refusal::getMessage);
    Refusal.wellFormed(refusal, file.length);
  }
}
