package legible.digits.image;

/// Finds JPEG files that were cut off. The JDK's decoder fills what is missing with grey and says
/// so in a warning only, and a network would answer for a picture that nobody took.
///
/// ```
///  FF D8                       start of image
///  FF marker  length  payload  segments; a thumbnail is inside of one
///  FF DA      length  payload  start of scan, then coded data, where FF 00 and FF D0..D7 are data
///  FF D9                       end of image
/// ```
///
/// Source: ITU-T T.81 (1992), annex B.
final class JpegEnd {
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;

  private JpegEnd() {}

  /// Whether these bytes start like JPEG and have no end of image.
  static boolean isMissing(byte[] bytes) {
    if (bytes.length < 2 || at(bytes, 0) != 0xff || at(bytes, 1) != START_OF_IMAGE) {
      return false;
    }
    boolean coded = false;
    int i = 2;
    while (i + 1 < bytes.length) {
      int marker = at(bytes, i + 1);
      if (at(bytes, i) != 0xff || marker == 0xff || (coded && isData(marker))) {
        i++; // coded data, a filling byte, or rubbish that the decoder skips too
      } else if (marker == END_OF_IMAGE) {
        return false;
      } else if (i + 3 < bytes.length) {
        coded = marker == START_OF_SCAN;
        i += 2 + (at(bytes, i + 2) << 8 | at(bytes, i + 3));
      } else {
        return true;
      }
    }
    return true;
  }

  private static boolean isData(int marker) {
    return marker == 0 || (marker >= 0xd0 && marker <= 0xd7);
  }

  private static int at(byte[] bytes, int i) {
    return bytes[i] & 0xff;
  }
}
