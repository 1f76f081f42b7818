package legible.digits.image;

/// Counts the scans of JPEG files. A progressive picture comes in about ten; a file of a few kilobytes
/// can hold thousands, each a pass over all of its pixels, and keep a decoder busy for hours.
///
/// A scan's header is `FF DA`, the length `6 + 2n` in two bytes, and the number `n` of components, 1 to 4.
/// Coded data cannot look like that, and what does so by chance elsewhere is rare.
///
/// Source: ITU-T T.81 (1992), B.2.3.
final class JpegScans {
  /// More than any encoder's script has: with three components, 64 coefficients could come bit by bit.
  static final int MOST = 100;

  private JpegScans() {}

  static boolean areTooMany(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != (byte) 0xff || bytes[1] != (byte) 0xd8) {
      return false;
    }
    int scans = 0;
    for (int i = 2; i + 4 < bytes.length; i++) {
      if (bytes[i] == (byte) 0xff && bytes[i + 1] == (byte) 0xda && bytes[i + 2] == 0) {
        int components = bytes[i + 4];
        boolean scan = components >= 1 && components <= 4 && bytes[i + 3] == 6 + 2 * components;
        scans += scan ? 1 : 0;
      }
    }
    return scans > MOST;
  }
}
