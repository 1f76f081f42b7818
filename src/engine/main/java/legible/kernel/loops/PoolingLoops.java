package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Pooling]; each twin implements them.
///
/// Pixels and taps are visited in ascending order.
public interface PoolingLoops {
  /// Sets y to the greatest tap, the first among equals, or the first NaN; and index to its number.
  void maxForward(PoolingPart part);

  /// Sets y alone.
  void maxForwardValues(PoolingPart part);

  /// Adds y to the tap of x that index names.
  void maxBackward(PoolingPart part);

  /// Sets y to the sum of the taps, begun with the first one, over their number.
  void averageForward(PoolingPart part);

  /// Adds y over the number of taps to each tap of x.
  void averageBackward(PoolingPart part);
}
