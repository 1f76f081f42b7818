package legible.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import legible.autograd.Parameter;
import legible.model.Architecture;
import legible.tensor.Tensor;

/// What a model file and a checkpoint have in common: the bytes of `docs/format.md`.
///
/// ```
///  header        64 bytes: magic, version, kind, lengths
///  description   architecture, metadata, table of tensors
///  zeros         to a multiple of 64
///  tensors       little-endian float32, zeros to a multiple of 64 behind each
///  signature     if there is one: public key and signature of everything before the signature
///  checksum      SHA-256 of everything before it
/// ```
///
/// There is exactly one way to write a container: whatever is read is written as the same bytes.
///
/// @param kind what the file is
/// @param architecture the network
/// @param metadata texts by name
/// @param tensors in the order of the file
/// @param signature of the file, if it is signed; not checked here
record Container(
    FileKind kind,
    Architecture architecture,
    SortedMap<String, String> metadata,
    List<Parameter> tensors,
    Optional<ModelSignature> signature) {

  /// Which tensors a file has to hold.
  @FunctionalInterface
  interface Contents {
    /// The tensors in the order of the file.
    ///
    /// @throws IllegalArgumentException if the metadata does not tell
    List<TensorSpec> tensors(Architecture architecture, SortedMap<String, String> metadata);
  }

  /// A container without a signature.
  Container(
      FileKind kind,
      Architecture architecture,
      SortedMap<String, String> metadata,
      List<Parameter> tensors) {
    this(kind, architecture, metadata, tensors, Optional.empty());
  }

  byte[] encode() {
    List<TensorSpec> specs = tensors.stream().map(TensorSpec::of).toList();
    String zero = Sha256.hex(new byte[Sha256.BYTES]);
    int length = description(specs, 0, Collections.nCopies(specs.size(), zero)).length;
    long dataOffset = TensorTable.aligned((long) Header.BYTES + length);
    long[] offsets = TensorTable.offsets(specs, dataOffset);
    int signatureLength = signature.isPresent() ? ModelSignature.BYTES : 0;
    long fileLength = offsets[specs.size()] + signatureLength + Sha256.BYTES;
    if (length > Limits.DESCRIPTION_BYTES || fileLength > Limits.FILE_BYTES) {
      throw new IllegalArgumentException(
          "model file: at most %d bytes of description and %d in all expected, got %d and %d"
              .formatted(Limits.DESCRIPTION_BYTES, Limits.FILE_BYTES, length, fileLength));
    }
    ByteBuffer file = ByteBuffer.allocate((int) fileLength).order(ByteOrder.LITTLE_ENDIAN);
    List<String> checksums = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      Tensor tensor = tensors.get(i).value();
      requireFinite(specs.get(i).name(), tensor.data());
      int from = (int) offsets[i];
      file.position(from).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.data());
      checksums.add(Sha256.hex(Sha256.of(file.array(), from, from + tensor.size() * Float.BYTES)));
    }
    file.put(0, new Header(kind, fileLength, length, signatureLength).toBytes());
    file.put(Header.BYTES, description(specs, dataOffset, checksums));
    int dataEnd = (int) offsets[specs.size()];
    signature.ifPresent(s -> file.put(dataEnd, s.toBytes()));
    int end = dataEnd + signatureLength;
    file.put(end, Sha256.of(file.array(), 0, end));
    return file.array();
  }

  private byte[] description(List<TensorSpec> specs, long dataOffset, List<String> checksums) {
    ByteWriter out = new ByteWriter();
    ArchitectureCodec.write(out, architecture);
    out.pairs(metadata, "metadata", Limits.PAIRS);
    long[] offsets = TensorTable.offsets(specs, dataOffset);
    List<TensorTable.Entry> entries = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      entries.add(new TensorTable.Entry(specs.get(i), offsets[i], checksums.get(i), 0));
    }
    TensorTable.write(out, entries);
    return out.toByteArray();
  }

  private static void requireFinite(String name, float[] values) {
    int bad = notFinite(values);
    if (bad >= 0) {
      throw new IllegalStateException(
          "model file: finite weights expected, got %s in tensor '%s', element %d"
              .formatted(values[bad], name, bad));
    }
  }

  /// The index of the first NaN or infinity, or -1.
  private static int notFinite(float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }

  /// Reads a container. Nothing of the size of a tensor is allocated before the whole description
  /// is found to agree with the architecture and with the number of bytes.
  static Container decode(String source, byte[] file, FileKind kind, Contents contents)
      throws ModelFormatException {
    Header header = Header.read(source, file, file.length, kind);
    int end = file.length - Sha256.BYTES;
    if (!Arrays.equals(Sha256.of(file, 0, end), Arrays.copyOfRange(file, end, file.length))) {
      throw new ModelFormatException(
          source, end, "the file is damaged: its SHA-256 is not the one written at its end");
    }
    int descriptionEnd = Header.BYTES + header.descriptionLength();
    ByteReader in = new ByteReader(source, file, Header.BYTES, descriptionEnd);
    Architecture architecture = ArchitectureCodec.read(in);
    int at = in.position();
    SortedMap<String, String> metadata = in.pairs("metadata", Limits.PAIRS);
    List<TensorSpec> expected;
    try {
      expected = contents.tensors(architecture, metadata);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(source, at, e.getMessage(), e);
    }
    int dataOffset = (int) TensorTable.aligned(descriptionEnd);
    int dataEnd = end - header.signatureLength();
    List<TensorTable.Entry> entries = TensorTable.read(in, expected, dataOffset, dataEnd);
    if (in.remaining() > 0) {
      throw in.failure(
          in.position(), "%d bytes too many behind the table of tensors".formatted(in.remaining()));
    }
    ByteReader data = new ByteReader(source, file, descriptionEnd, dataEnd);
    data.zeros("padding", dataOffset);
    checkData(data, file, entries);
    Optional<ModelSignature> signature =
        dataEnd == end
            ? Optional.empty()
            : Optional.of(ModelSignature.of(Arrays.copyOfRange(file, dataEnd, end)));
    return new Container(kind, architecture, metadata, tensors(data, file, entries), signature);
  }

  /// Checks each tensor's checksum and the zeros behind it.
  private static void checkData(ByteReader in, byte[] file, List<TensorTable.Entry> entries)
      throws ModelFormatException {
    for (TensorTable.Entry entry : entries) {
      int from = (int) entry.offset();
      int to = from + (int) entry.length();
      if (!Sha256.hex(Sha256.of(file, from, to)).equals(entry.sha256())) {
        throw in.failure(
            from,
            "tensor '%s': its SHA-256 is not the one in the table".formatted(entry.spec().name()));
      }
      ByteReader padding = new ByteReader(in.source(), file, to, file.length);
      padding.zeros("padding", (int) TensorTable.aligned(to));
    }
  }

  private static List<Parameter> tensors(
      ByteReader in, byte[] file, List<TensorTable.Entry> entries) throws ModelFormatException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    List<Parameter> tensors = new ArrayList<>();
    for (TensorTable.Entry entry : entries) {
      TensorSpec spec = entry.spec();
      Tensor tensor = Tensor.zeros(spec.shape());
      bytes
          .slice((int) entry.offset(), (int) entry.length())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(tensor.data());
      int bad = notFinite(tensor.data());
      if (bad >= 0) {
        throw in.failure(
            entry.offset() + (long) bad * Float.BYTES,
            "tensor '%s', element %d: a finite number expected, got %s"
                .formatted(spec.name(), bad, tensor.data()[bad]));
      }
      tensors.add(new Parameter(spec.name(), spec.role(), tensor));
    }
    return tensors;
  }

  /// SHA-256 of the elements of all tensors, little-endian, one after the other.
  static String sha256(Iterable<Parameter> parameters) {
    MessageDigest digest = Sha256.start();
    for (Parameter parameter : parameters) {
      float[] values = parameter.value().data();
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes);
    }
    return Sha256.hex(digest.digest());
  }
}
