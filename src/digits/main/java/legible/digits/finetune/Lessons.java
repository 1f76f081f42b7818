package legible.digits.finetune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import legible.digits.idx.LabelledImages;
import legible.random.CounterRandom;

/// What a fine-tuning learns from and what it is measured on, drawn from the seed.
///
/// @param training new pictures and, with rehearsal, old ones behind them
/// @param fresh how many different new pictures are in training
/// @param rehearsed how many old ones
/// @param heldOut new pictures that nothing is learnt from
/// @param oldHeldOut old pictures that nothing is learnt from
record Lessons(
    LabelledImages training,
    int fresh,
    int rehearsed,
    LabelledImages heldOut,
    Optional<LabelledImages> oldHeldOut) {
  /// So many old pictures are rehearsed even if the new ones are fewer: a handful would let the rest
  /// be forgotten.
  private static final int LEAST_REHEARSED = 5_000;

  /// How pictures are divided.
  ///
  /// @param holdOut share of each class that is held out where a set has no test pictures, in (0, 1)
  /// @param perClass new pictures of each class to learn from at most; 0 for all
  /// @param seed of the draws
  record Division(double holdOut, int perClass, long seed) {}

  /// Divides the pictures. With rehearsal, new ones are repeated until they are about as many as the
  /// old ones.
  ///
  /// @throws IllegalArgumentException if nothing is left to learn from or to measure on
  static Lessons of(PictureSet data, Optional<PictureSet> old, Division division) {
    CounterRandom random = new CounterRandom(division.seed()).split("fine-tune");
    Parts parts = divide(data, division.holdOut(), random.split("new"));
    LabelledImages fresh = few(parts.training(), division.perClass(), random.split("per-class"));
    if (old.isEmpty()) {
      return new Lessons(fresh, fresh.size(), 0, parts.heldOut(), Optional.empty());
    }
    Parts earlier = divide(old.get(), division.holdOut(), random.split("old"));
    int all = earlier.training().size();
    int count = Math.min(all, Math.max(fresh.size(), LEAST_REHEARSED));
    int[] drawn =
        IntStream.of(random.split("rehearsal").permutation(all)).limit(count).sorted().toArray();
    int repeats = Math.max(1, Math.round((float) count / fresh.size()));
    int[] repeated =
        IntStream.range(0, repeats * fresh.size()).map(i -> i % fresh.size()).toArray();
    return new Lessons(
        fresh.select(repeated).and(earlier.training().select(drawn)),
        fresh.size(),
        count,
        parts.heldOut(),
        Optional.of(earlier.heldOut()));
  }

  private record Parts(LabelledImages training, LabelledImages heldOut) {}

  /// A set's own test pictures are held out; else a share of each class, at least one picture of a
  /// class that has two.
  private static Parts divide(PictureSet set, double share, CounterRandom random) {
    LabelledImages images = set.images();
    if (set.test().isPresent()) {
      return new Parts(images, set.test().get());
    }
    List<Integer> training = new ArrayList<>();
    List<Integer> heldOut = new ArrayList<>();
    for (int[] members : byClass(images)) {
      int[] order = random.split(images.label(members[0])).permutation(members.length);
      int out = Math.min(Math.max(1, (int) Math.round(share * members.length)), members.length - 1);
      for (int i = 0; i < members.length; i++) {
        (i < out ? heldOut : training).add(members[order[i]]);
      }
    }
    if (heldOut.isEmpty()) {
      throw new IllegalArgumentException(
          "at least two pictures of a class expected, one of them to measure on");
    }
    return new Parts(images.select(sorted(training)), images.select(sorted(heldOut)));
  }

  private static LabelledImages few(LabelledImages images, int perClass, CounterRandom random) {
    if (perClass == 0) {
      return images;
    }
    List<Integer> chosen = new ArrayList<>();
    for (int[] members : byClass(images)) {
      int[] order = random.split(images.label(members[0])).permutation(members.length);
      for (int i = 0; i < Math.min(perClass, members.length); i++) {
        chosen.add(members[order[i]]);
      }
    }
    return images.select(sorted(chosen));
  }

  /// The indices of the pictures of each class that has any.
  private static List<int[]> byClass(LabelledImages images) {
    int classes = IntStream.range(0, images.size()).map(images::label).max().orElse(-1) + 1;
    return IntStream.range(0, classes)
        .mapToObj(
            k -> IntStream.range(0, images.size()).filter(i -> images.label(i) == k).toArray())
        .filter(members -> members.length > 0)
        .toList();
  }

  private static int[] sorted(List<Integer> indices) {
    return indices.stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
