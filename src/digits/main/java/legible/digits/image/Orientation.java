package legible.digits.image;

/// How a camera was held, as it tells in its files: pixels are stored as the sensor has them.
///
/// | value | first row is | first column is |
/// |---|---|---|
/// | 1, 2 | the top | the left, the right side |
/// | 3, 4 | the bottom | the right, the left side |
/// | 5, 6 | the left, the right side | the top |
/// | 7, 8 | the right, the left side | the bottom |
///
/// Source: TIFF revision 6.0 (1992), tag 274; Exif 2.3, section 4.7.2.
///
/// @param value 1..8; 1 where a file says nothing
record Orientation(int value) {
  static final Orientation UPRIGHT = new Orientation(1);

  private static final int TAG = 0x0112;
  private static final int ENTRY = 12;
  private static final int APP1 = 0xe1;
  private static final int START_OF_SCAN = 0xda;

  /// What the bytes of a JPEG or TIFF file say; upright for all others, and for damaged ones.
  static Orientation of(byte[] file) {
    if (isTiff(file, 0)) {
      return tiff(file, 0, file.length);
    }
    if (file.length < 4 || at(file, 0) != 0xff || at(file, 1) != 0xd8) {
      return UPRIGHT;
    }
    int i = 2;
    while (i + 4 <= file.length && at(file, i) == 0xff && at(file, i + 1) != START_OF_SCAN) {
      int length = at(file, i + 2) << 8 | at(file, i + 3);
      boolean exif = at(file, i + 1) == APP1 && length >= 14 && i + 2 + length <= file.length;
      if (exif && file[i + 4] == 'E' && file[i + 7] == 'f' && isTiff(file, i + 10)) {
        return tiff(file, i + 10, i + 2 + length);
      }
      i += 2 + length;
    }
    return UPRIGHT;
  }

  private static boolean isTiff(byte[] file, int start) {
    if (start + 8 > file.length) {
      return false;
    }
    boolean little = file[start] == 'I' && file[start + 1] == 'I';
    boolean big = file[start] == 'M' && file[start + 1] == 'M';
    return (little && file[start + 2] == 42 && file[start + 3] == 0)
        || (big && file[start + 2] == 0 && file[start + 3] == 42);
  }

  /// Looks through the first directory.
  private static Orientation tiff(byte[] file, int start, int end) {
    boolean little = file[start] == 'I';
    long directory = start + number(file, start + 4, 4, little);
    if (directory < start || directory + 2 > end) {
      return UPRIGHT;
    }
    int entries = (int) number(file, (int) directory, 2, little);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + (long) ENTRY * i;
      if (entry + ENTRY > end) {
        return UPRIGHT;
      }
      if (number(file, (int) entry, 2, little) == TAG) {
        int value = (int) number(file, (int) entry + 8, 2, little);
        return value >= 1 && value <= 8 ? new Orientation(value) : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  private static long number(byte[] file, int offset, int bytes, boolean little) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << 8 | at(file, little ? offset + bytes - 1 - i : offset + i);
    }
    return number;
  }

  private static int at(byte[] file, int i) {
    return file[i] & 0xff;
  }

  /// Turns a picture as it is stored into what the photographer saw.
  GrayImage upright(GrayImage stored) {
    if (value == 1) {
      return stored;
    }
    boolean turned = value >= 5;
    int width = turned ? stored.height() : stored.width();
    int height = turned ? stored.width() : stored.height();
    boolean mirrorX = value == 2 || value == 3 || value == 7 || value == 8;
    boolean mirrorY = value == 3 || value == 4 || value == 6 || value == 7;
    float[] values = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int u = turned ? y : x;
        int v = turned ? x : y;
        int column = mirrorX ? stored.width() - 1 - u : u;
        int row = mirrorY ? stored.height() - 1 - v : v;
        values[y * width + x] = stored.at(column, row);
      }
    }
    return new GrayImage(width, height, values);
  }
}
