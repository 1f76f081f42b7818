package legible.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import legible.autograd.Role;
import legible.tensor.Shape;

/// The list of a file's tensors: what each one is, where it lies, and the checksum of its bytes.
final class TensorTable {
  /// A tensor begins at a multiple of this: a cache line, and the widest vector of today.
  static final int ALIGNMENT = 64;

  /// The only type of version 1.
  private static final int FLOAT32 = 1;

  /// A name of one character, three codes, no axes, offset, length, checksum.
  private static final int SMALLEST_ENTRY =
      Integer.BYTES + 1 + 3 * Byte.BYTES + 2 * Long.BYTES + Sha256.BYTES;

  private TensorTable() {}

  /// One line of the table.
  ///
  /// @param spec name, role and shape
  /// @param offset the first byte in the file
  /// @param sha256 of the tensor's bytes, hexadecimal
  /// @param position where the line itself lies, for messages
  record Entry(TensorSpec spec, long offset, String sha256, int position) {
    long length() {
      return (long) spec.shape().size() * Float.BYTES;
    }
  }

  /// The first aligned offset from here.
  static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /// Where each tensor lies, one behind the other, and behind all of them where the data end.
  static long[] offsets(List<TensorSpec> specs, long dataOffset) {
    long[] offsets = new long[specs.size() + 1];
    offsets[0] = dataOffset;
    for (int i = 0; i < specs.size(); i++) {
      long end = offsets[i] + (long) specs.get(i).shape().size() * Float.BYTES;
      offsets[i + 1] = aligned(end);
    }
    return offsets;
  }

  static void write(ByteWriter out, List<Entry> entries) {
    out.u32(entries.size());
    for (Entry entry : entries) {
      TensorSpec spec = entry.spec();
      out.name(spec.name());
      out.u8(code(spec.role()));
      out.u8(FLOAT32);
      out.u8(spec.shape().rank());
      for (int dimension : spec.shape().toArray()) {
        out.u32(dimension);
      }
      out.u64(entry.offset());
      out.u64(entry.length());
      out.bytes(HexFormat.of().parseHex(entry.sha256()));
    }
  }

  /// Reads the table and compares it with what the architecture needs and where that has to lie.
  ///
  /// @param dataOffset where the first tensor has to begin
  /// @param dataEnd where the last tensor and its padding have to end
  static List<Entry> read(ByteReader in, List<TensorSpec> expected, long dataOffset, long dataEnd)
      throws ModelFormatException {
    int start = in.position();
    int count = in.count("tensors", Limits.DESCRIPTION_BYTES, SMALLEST_ENTRY);
    List<TensorSpec> specs = new ArrayList<>(count);
    List<Integer> positions = new ArrayList<>(count);
    List<Entry> entries = new ArrayList<>(count);
    long next = dataOffset;
    for (int i = 0; i < count; i++) {
      positions.add(in.position());
      TensorSpec spec = spec(in);
      specs.add(spec);
      Entry entry = place(in, spec, next, positions.getLast());
      entries.add(entry);
      next = aligned(next + entry.length());
    }
    Optional<TensorSpec.Difference> difference = TensorSpec.difference(expected, specs);
    if (difference.isPresent()) {
      int index = difference.get().index();
      throw in.failure(index < count ? positions.get(index) : start, difference.get().reason());
    }
    if (next != dataEnd) {
      throw in.failure(
          start,
          "the tensors end at byte %d, the data of this file at byte %d".formatted(next, dataEnd));
    }
    return entries;
  }

  private static TensorSpec spec(ByteReader in) throws ModelFormatException {
    String name = in.name("name of a tensor");
    int at = in.position();
    int code = in.u8("role of a tensor");
    Role role =
        Arrays.stream(Role.values())
            .filter(r -> code(r) == code)
            .findFirst()
            .orElseThrow(
                () -> in.failure(at, "tensor '%s': unknown role %d".formatted(name, code)));
    int type = in.u8("type of a tensor");
    if (type != FLOAT32) {
      throw in.failure(
          at + 1L,
          "tensor '%s': type %d (float32) expected, got %d".formatted(name, FLOAT32, type));
    }
    int rank = in.u8("axes of a tensor");
    if (rank > Limits.RANK) {
      throw in.failure(
          at + 2L, "tensor '%s': at most %d axes, got %d".formatted(name, Limits.RANK, rank));
    }
    int[] dimensions = new int[rank];
    long elements = 1;
    for (int i = 0; i < rank; i++) {
      dimensions[i] = in.u32("axis of a tensor", 1, Integer.MAX_VALUE);
      elements *= dimensions[i];
      if (elements > Integer.MAX_VALUE) {
        throw in.failure(at + 2L, "tensor '%s': 2^31 elements or more".formatted(name));
      }
    }
    return new TensorSpec(name, role, Shape.of(dimensions));
  }

  private static Entry place(ByteReader in, TensorSpec spec, long expected, int position)
      throws ModelFormatException {
    int at = in.position();
    long offset = in.u64("offset of a tensor");
    if (offset != expected) {
      throw in.failure(
          at,
          "tensor '%s': offset %d, the next multiple of %d, expected, got %s"
              .formatted(spec.name(), expected, ALIGNMENT, Long.toUnsignedString(offset)));
    }
    long length = in.u64("length of a tensor");
    String sha256 = Sha256.hex(in.bytes("SHA-256 of a tensor", Sha256.BYTES));
    Entry entry = new Entry(spec, offset, sha256, position);
    if (length != entry.length()) {
      throw in.failure(
          at + Long.BYTES,
          "tensor '%s' %s: %d bytes expected, got %s"
              .formatted(spec.name(), spec.shape(), entry.length(), Long.toUnsignedString(length)));
    }
    return entry;
  }

  private static int code(Role role) {
    return switch (role) {
      case WEIGHT -> 1;
      case BIAS -> 2;
      case SCALE -> 3;
      case STATISTIC -> 4;
    };
  }
}
