package legible.kernel.loops;

/// Memory for panels: copies of weights and gradients in the order in which the twins read them.
///
/// A vector of 16 floats is a cache line of 64 bytes, and one that reaches over two lines costs two
/// reads. Java's arrays have their first element 16 bytes behind their beginning, so panels begin at
/// an element that lies 64 bytes behind it: on a line wherever the JVM puts arrays on lines
/// (`-XX:ObjectAlignmentInBytes=64`, as `./legible train` has it), elsewhere by chance. No result depends on it.
public final class Panels {
  /// The first element of the first panel in its array.
  public static final int FIRST = 12;

  private Panels() {}

  /// An array with room for `size` elements from [#FIRST] on: the given one if that has.
  public static float[] reserve(float[] array, int size) {
    int length = Math.addExact(FIRST, size);
    return array.length < length ? new float[length] : array;
  }
}
