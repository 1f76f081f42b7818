package legible.kernel.loops;

/// The weights of one call, copied into the order in which a twin reads them.
///
/// A weight row is `(kh, kw, d)` with d the channel that the sum runs over; a row's elements are the
/// channels that lie on the lanes. The copy is padded with zero lanes, so that no kernel needs a
/// tail. Each twin fills and reads its own form; the memory is kept from call to call.
public final class ConvolutionWeights {
  private float[] panels = {};
  private float[][] rows = {};

  /// Room for `size` floats of a vector twin from [Panels#FIRST] on: `[block][row][lanes of the block]`.
  public float[] panels(int size) {
    panels = Panels.reserve(panels, size);
    return panels;
  }

  /// At least `count` arrays of at least `length` floats, one for each weight row.
  public float[][] rows(int count, int length) {
    if (rows.length < count || (count > 0 && rows[0].length < length)) {
      rows = new float[Math.max(count, rows.length)][length];
    }
    return rows;
  }

  /// The panels as they are.
  public float[] panels() {
    return panels;
  }

  /// The rows as they are.
  public float[][] rows() {
    return rows;
  }
}
