package legible.format;

import java.util.Locale;

/// What a file is.
enum FileKind {
  /// A network and its weights.
  MODEL(1),
  /// A training between two epochs.
  CHECKPOINT(2);

  private final int code;

  FileKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
