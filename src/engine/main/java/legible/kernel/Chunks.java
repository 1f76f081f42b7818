package legible.kernel;

/// How a job over elements, or over the rows of a matrix, is cut into tasks: by its shape alone, so
/// that sums over chunks have the same bits on any number of threads.
final class Chunks {
  /// Elements of one task, 64 KB of each array: some microseconds of work, so that handing it over
  /// pays, and what is read twice is still in the second-level cache. A smaller job is one task, which
  /// the caller does alone.
  static final int ELEMENTS = 1 << 14;

  /// The fewest rows of a chunk: adding up the chunks' sums takes a pass over them, which has to be
  /// short beside the pass over the rows.
  private static final int MIN_ROWS = 32;

  private Chunks() {}

  /// How many chunks n elements have.
  static int count(int n) {
    return Math.ceilDiv(n, ELEMENTS);
  }

  static int from(int chunk) {
    return chunk * ELEMENTS;
  }

  static int to(int chunk, int n) {
    return from(chunk) + Math.min(ELEMENTS, n - from(chunk));
  }

  /// Rows of a chunk of a matrix.
  static int rows(int columns) {
    return Math.max(MIN_ROWS, ELEMENTS / Math.max(1, columns));
  }
}
