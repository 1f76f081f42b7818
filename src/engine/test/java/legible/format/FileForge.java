package legible.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import legible.nn.LayerConfig;
import legible.tensor.Shape;

/// Writes files that are wrong in one place and sound everywhere else, checksums included: so a
/// refusal is proof of the structural check, not of the checksum.
final class FileForge {
  private byte[] architecture;
  private SortedMap<String, String> metadata = new TreeMap<>(Samples.metadata());
  private final List<TensorTable.Entry> entries = new ArrayList<>();
  private byte[] data;
  private int extra;

  FileForge() {
    byte[] file = Samples.model().encode();
    ByteWriter out = new ByteWriter();
    ArchitectureCodec.write(out, Samples.architecture());
    architecture = out.toByteArray();
    List<TensorSpec> specs = ModelFile.declared(Samples.architecture());
    int dataOffset = dataOffset(file);
    long[] offsets = TensorTable.offsets(specs, 0);
    for (int i = 0; i < specs.size(); i++) {
      int from = (int) (dataOffset + offsets[i]);
      int length = specs.get(i).shape().size() * Float.BYTES;
      entries.add(
          new TensorTable.Entry(
              specs.get(i), offsets[i], Sha256.hex(Sha256.of(file, from, from + length)), 0));
    }
    data = Arrays.copyOfRange(file, dataOffset, file.length - Sha256.BYTES);
  }

  /// Where the data of a file begin.
  static int dataOffset(byte[] file) {
    int description = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
    return (int) TensorTable.aligned(Header.BYTES + description);
  }

  /// Writes the checksum anew.
  static byte[] seal(byte[] file) {
    int end = file.length - Sha256.BYTES;
    System.arraycopy(Sha256.of(file, 0, end), 0, file, end, Sha256.BYTES);
    return file;
  }

  FileForge body(LayerConfig body) {
    return architecture("sample", Shape.of(12, 12, 1), body);
  }

  FileForge architecture(String name, Shape input, LayerConfig body) {
    ByteWriter out = new ByteWriter();
    ArchitectureCodec.write(out, name, input, body);
    return architecture(out.toByteArray());
  }

  FileForge architecture(byte[] bytes) {
    architecture = bytes;
    return this;
  }

  FileForge metadata(SortedMap<String, String> changed) {
    metadata = changed;
    return this;
  }

  /// Changes one line of the table; offsets in it count from the first tensor.
  FileForge entry(int index, UnaryOperator<TensorTable.Entry> change) {
    entries.set(index, change.apply(entries.get(index)));
    return this;
  }

  FileForge entries(UnaryOperator<List<TensorTable.Entry>> change) {
    List<TensorTable.Entry> changed = change.apply(List.copyOf(entries));
    entries.clear();
    entries.addAll(changed);
    return this;
  }

  FileForge data(UnaryOperator<byte[]> change) {
    data = change.apply(data.clone());
    return this;
  }

  /// Puts bytes between the table and the padding.
  FileForge extra(int bytes) {
    extra = bytes;
    return this;
  }

  byte[] file() {
    int dataOffset = (int) TensorTable.aligned(Header.BYTES + description(0).length);
    byte[] description = description(dataOffset);
    int length = dataOffset + data.length + Sha256.BYTES;
    byte[] file = new byte[length];
    byte[] header = new Header(FileKind.MODEL, length, description.length).toBytes();
    System.arraycopy(header, 0, file, 0, header.length);
    System.arraycopy(description, 0, file, Header.BYTES, description.length);
    System.arraycopy(data, 0, file, dataOffset, data.length);
    return seal(file);
  }

  private byte[] description(long dataOffset) {
    ByteWriter out = new ByteWriter();
    out.bytes(architecture);
    out.pairs(metadata, "metadata", Limits.PAIRS);
    TensorTable.write(
        out,
        entries.stream()
            .map(e -> new TensorTable.Entry(e.spec(), e.offset() + dataOffset, e.sha256(), 0))
            .toList());
    out.bytes(new byte[extra]);
    return out.toByteArray();
  }
}
