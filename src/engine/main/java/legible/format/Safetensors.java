package legible.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import legible.tensor.Shape;
import legible.tensor.Tensor;

/// Named tensors as one `.safetensors` file, the form in which most public weights are shared.
///
/// ```
///  8 bytes   length L of the header, little-endian
///  L bytes   {"name":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}, ...}, UTF-8, blanks behind
///  the rest  elements, row-major, little-endian; offsets count from here
/// ```
///
/// Reading believes nothing: whatever the bytes are, it ends in tensors or in a
/// [ModelFormatException]. Names come once; the tensors cover the rest of the file without holes and
/// without overlaps, as the format's own library demands. What is allocated is a small multiple of
/// the file's size. Elements of `F32`, `F16` and `BF16` can be asked for, those of other types are
/// skipped over.
///
/// Source: Hugging Face, "safetensors: format", version 0.8.
public final class Safetensors {
  private final String source;
  private final byte[] file;
  private final int dataOffset;
  private final SafetensorsHeader header;

  private Safetensors(String source, byte[] file, int dataOffset, SafetensorsHeader header) {
    this.source = source;
    this.file = file;
    this.dataOffset = dataOffset;
    this.header = header;
  }

  /// Reads the list of tensors; the bytes are kept, not copied.
  ///
  /// @param source the name of where the bytes came from, for messages
  /// @throws ModelFormatException if the bytes are anything else than a whole safetensors file
  public static Safetensors decode(String source, byte[] file) throws ModelFormatException {
    int length = SafetensorsHeader.length(source, file, file.length);
    int dataOffset = Long.BYTES + length;
    SafetensorsHeader header =
        SafetensorsHeader.read(source, file, dataOffset, file.length - dataOffset);
    return new Safetensors(source, file, dataOffset, header);
  }

  /// Reads a file.
  ///
  /// @throws ModelFormatException if it is anything else than a whole safetensors file
  /// @throws IOException if the file cannot be read
  public static Safetensors read(Path path) throws IOException {
    String source = path.toString();
    return decode(
        source, Storage.read(path, (start, size) -> SafetensorsHeader.length(source, start, size)));
  }

  /// The shape of each tensor by its name, in the order of the header, unmodifiable.
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    header.entries().forEach((name, entry) -> shapes.put(name, entry.shape()));
    return Collections.unmodifiableMap(shapes);
  }

  /// What the file says about itself, texts by name.
  public SortedMap<String, String> metadata() {
    return header.metadata();
  }

  /// The SHA-256 of the whole file in hexadecimal digits, as `sha256sum` prints it.
  public String sha256() {
    return Sha256.hex(Sha256.of(file, 0, file.length));
  }

  /// The elements of a tensor as float32: exactly those of the file.
  ///
  /// @throws ModelFormatException if there is no such tensor, or its elements are no floats of 16 or
  ///     32 bits
  public Tensor tensor(String name) throws ModelFormatException {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new ModelFormatException(
          source,
          Long.BYTES,
          "tensor '%s' expected, got %s".formatted(name, header.entries().keySet()));
    }
    int from = dataOffset + (int) entry.from();
    ByteBuffer bytes =
        ByteBuffer.wrap(file, from, (int) (entry.to() - entry.from()))
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (entry.type()) {
      case F32, F16, BF16 -> {}
      default ->
          throw new ModelFormatException(
              source,
              from,
              "tensor '%s': elements of F32, F16 or BF16 expected, got %s"
                  .formatted(name, entry.type()));
    }
    Tensor tensor = Tensor.zeros(entry.shape());
    float[] values = tensor.data();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (entry.type()) {
            case F16 -> Float.float16ToFloat(bytes.getShort());
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
            default -> bytes.getFloat();
          };
    }
    return tensor;
  }

  /// The bytes of a file with these tensors as `F32`, in this order.
  ///
  /// @param metadata texts by name
  /// @throws IllegalArgumentException if the file would be too large for an array, or a tensor's name
  ///     is the format's own `__metadata__`
  public static byte[] encode(Map<String, Tensor> tensors, SortedMap<String, String> metadata) {
    byte[] text = SafetensorsHeader.text(tensors, metadata).getBytes(StandardCharsets.US_ASCII);
    long data =
        tensors.values().stream().mapToLong(tensor -> (long) tensor.size() * Float.BYTES).sum();
    long size = Long.BYTES + text.length + data;
    if (text.length > SafetensorsHeader.MOST || size > Limits.FILE_BYTES) {
      throw new IllegalArgumentException(
          "Safetensors: at most %d bytes of header and %d in all expected, got %d and %d"
              .formatted(SafetensorsHeader.MOST, Limits.FILE_BYTES, text.length, size));
    }
    ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    for (Tensor tensor : tensors.values()) {
      file.asFloatBuffer().put(tensor.data());
      file.position(file.position() + tensor.size() * Float.BYTES);
    }
    return file.array();
  }

  /// Saves tensors in one step: a failure leaves an older file of this name as it was.
  ///
  /// @throws IOException if the file cannot be written; the message says why
  /// @throws IllegalArgumentException as [#encode]
  public static void write(
      Path path, Map<String, Tensor> tensors, SortedMap<String, String> metadata)
      throws IOException {
    Storage.write(path, encode(tensors, metadata));
  }
}
