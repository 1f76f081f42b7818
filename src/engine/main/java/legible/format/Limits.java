package legible.format;

/// What the reader accepts at most. A file says how long its parts are; these bounds and the number
/// of bytes that are really there decide what is believed. `docs/format.md` lists them.
final class Limits {
  /// A Java array holds no more.
  static final long FILE_BYTES = Integer.MAX_VALUE - 8;

  /// Architecture, metadata and tensor table together; ResNet-152 needs 0.2 MiB.
  static final int DESCRIPTION_BYTES = 1 << 24;

  /// Names of models, layers, settings, metadata and tensors.
  static final int NAME_BYTES = 255;

  /// A setting's or a metadata value.
  static final int VALUE_BYTES = 1 << 16;

  /// Metadata pairs; a checkpoint has one for each epoch.
  static final int PAIRS = 1 << 16;

  /// Layers of a model, containers included; ResNet-152 has about 500.
  static final int LAYERS = 10_000;

  /// Layers inside of layers: the reader calls itself so often and no deeper.
  static final int DEPTH = 32;

  /// Settings of one layer; the convolution has 7.
  static final int SETTINGS = 64;

  /// Axes of a tensor, see [legible.tensor.Shape]; a sample has one less for the batch.
  static final int RANK = 8;

  /// Elements of what any layer takes or gives for one sample (256 MiB): a small hostile file shall
  /// not describe a network that fills the memory as soon as it runs.
  static final int SAMPLE_ELEMENTS = 1 << 26;

  private Limits() {}
}
