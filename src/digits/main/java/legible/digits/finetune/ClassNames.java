package legible.digits.finetune;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import legible.digits.idx.Mnist;
import legible.format.ModelFile;

/// The names of the classes that a model tells apart, in the order of its logits.
///
/// @param names different from each other, without `/`
public record ClassNames(List<String> names) {
  /// Under this name a model's metadata have the names, with `/` between them: no folder's name has
  /// one.
  public static final String METADATA = "digits.classes";

  private static final String SEPARATOR = "/";

  /// With a single class there is nothing to tell apart.
  private static final int FEWEST = 2;

  public ClassNames {
    names = List.copyOf(names);
  }

  /// `0`, `1` and so on.
  public static ClassNames numbers(int count) {
    return new ClassNames(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /// The names in their order: by value if all are numbers, else by their letters.
  static ClassNames sorted(List<String> names) {
    boolean numbers = names.stream().allMatch(n -> n.matches("[0-9]{1,9}"));
    Comparator<String> order =
        numbers ? Comparator.comparingInt(Integer::parseInt) : Comparator.naturalOrder();
    return new ClassNames(names.stream().sorted(order).toList());
  }

  /// The names that a model tells; the digits where one with ten classes tells none.
  public static Optional<ClassNames> of(ModelFile model) {
    String told = model.metadata().get(METADATA);
    int classes = model.architecture().output().size();
    if (told != null) {
      ClassNames names = parse(told);
      return names.count() == classes ? Optional.of(names) : Optional.empty();
    }
    return classes == Mnist.CLASSES ? Optional.of(numbers(classes)) : Optional.empty();
  }

  /// The names that [#text] wrote.
  static ClassNames parse(String text) {
    return new ClassNames(List.of(text.split(SEPARATOR, -1)));
  }

  /// Whether they are the digits.
  public boolean areDigits() {
    return equals(numbers(Mnist.CLASSES));
  }

  /// The names as [#of] reads them.
  public String text() {
    return String.join(SEPARATOR, names);
  }

  /// The number of classes.
  public int count() {
    return names.size();
  }

  /// Whether all of the others are among these.
  boolean contains(ClassNames others) {
    return names.containsAll(others.names);
  }

  /// Where each of the others stands among these.
  ///
  /// @throws IllegalArgumentException if one does not
  int[] indicesOf(ClassNames others) {
    if (!contains(others)) {
      throw new IllegalArgumentException(
          "classes among %s expected, got %s".formatted(names, others.names));
    }
    return others.names.stream().mapToInt(names::indexOf).toArray();
  }

  /// What a fine-tuned model tells apart, and whether its head can still be the parent's.
  ///
  /// @param classes of the new model
  /// @param newHead whether they are not those of the parent
  record Choice(ClassNames classes, boolean newHead) {}

  /// The parent's classes where they have all those of the data, else the data's own.
  ///
  /// @param wanted a number of classes for a new head in any case
  /// @throws IllegalArgumentException if the data do not fit into the wanted number, or need a new head
  ///     for a single class
  static Choice choose(ModelFile parent, ClassNames data, OptionalInt wanted) {
    if (wanted.isPresent()) {
      int count = wanted.getAsInt();
      if (count == data.count()) {
        return new Choice(data, true);
      }
      ClassNames numbers = numbers(count);
      if (!numbers.contains(data)) {
        throw new IllegalArgumentException(
            "--classes: %d classes as in the data expected, or all names of classes below the number,"
                    .formatted(data.count())
                + " got %d for %s".formatted(count, data.names));
      }
      return new Choice(numbers, true);
    }
    Optional<ClassNames> told = of(parent);
    if (told.isPresent() && told.get().contains(data)) {
      return new Choice(told.get(), false);
    }
    if (data.count() < FEWEST) {
      throw new IllegalArgumentException(
          "a new head for %d classes or more expected, got pictures of %s alone"
              .formatted(FEWEST, data.names));
    }
    return new Choice(data, true);
  }
}
