package legible.digits.hostile;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/// Small files that claim to be large, or that would cost much where a reader believed them.
final class HostileClaims {
  private static final int[] SIDES = {0, 1, 6_300, 65_535, 1 << 20, 1 << 30, -1};

  private HostileClaims() {}

  static List<byte[]> of(HostileReader reader) throws IOException {
    List<byte[]> sound = reader.seeds();
    return switch (reader) {
      case MODEL, CHECKPOINT -> numbers(sound.get(0), ByteOrder.LITTLE_ENDIAN, 64, 400);
      case SAFETENSORS -> safetensors(sound.get(0));
      case RECEIPT ->
          List.of(
              text("{\"a\":".repeat(100_000)),
              text("{\"a\":" + "[".repeat(1_000_000)),
              text("{\"a\":" + "9".repeat(1_000_000) + "}"),
              text("{\"legible-receipt\":1e999999999}"));
      case SIGNATURE, PRIVATE_KEY, PUBLIC_KEY ->
          List.of(
              new byte[0],
              new byte[100_000],
              text("-----BEGIN PUBLIC KEY-----" + "A".repeat(9_900)),
              text("-----BEGIN PRIVATE KEY-----" + "-----BEGIN PRIVATE KEY-----".repeat(360)),
              text("-----BEGIN " + "A ".repeat(4_900)));
      case IDX -> idx(sound.get(0));
      case PNG -> sized(sound, ByteOrder.BIG_ENDIAN, 16, 20, Integer.BYTES);
      case BMP -> bmp(sound);
      case GIF -> sized(sound, ByteOrder.LITTLE_ENDIAN, 6, 8, Short.BYTES);
      case JPEG -> jpeg(sound);
      case TIFF -> numbers(sound.get(5), ByteOrder.BIG_ENDIAN, 0, sound.get(5).length - 4);
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Every place of a file overwritten by numbers of the size of terabytes, and by those of heaps.
  private static List<byte[]> numbers(byte[] sound, ByteOrder order, int from, int to) {
    List<byte[]> all = new ArrayList<>();
    for (int at = from; at < to; at++) {
      for (int number : new int[] {1 << 22, 40_000_000, 1 << 30, Integer.MAX_VALUE, -1}) {
        byte[] file = sound.clone();
        ByteBuffer.wrap(file).order(order).putInt(at, number);
        all.add(file);
      }
    }
    return all;
  }

  /// Lengths of terabytes, and headers that overlap, overflow, repeat themselves, nest or are no text.
  private static List<byte[]> safetensors(byte[] sound) {
    List<byte[]> all = new ArrayList<>(numbers(sound, ByteOrder.LITTLE_ENDIAN, 0, 8));
    for (String[] change :
        new String[][] {
          {"[16,20]", "[12,16]"}, // overlaps
          {"[16,20]", "[18,22]"}, // a hole and no place left
          {"[0,16]", "[16,0]"},
          {"[0,16]", "[0,1099511627776]"},
          {"[0,16]", "[0,18446744073709551632]"},
          {"[2,2]", "[4294967296,4294967296]"},
          {"[2,2]", "[3037000500,3037000500]"},
          {"[2,2]", "[-2,-2]"},
          {"[2,2]", "[2,2,1,1,1,1,1,1,1,1,1,1]"},
          {"[2,2]", "[" + "1,".repeat(20_000) + "4]"},
          {"[2,2]", "[2,2e0]"},
          {"[0,3]", "[0,9223372036854775807]"},
          {"\"b\"", "\"a.weight\""}, // twice
          {"\"b\"", "\"\\ud800\""}, // half a character
          {"\"b\"", "\"\u00ff\u00fe\""}, // no UTF-8
          {"\"b\"", "\"\\u0000\\n\u001b[2J\""},
          {"\"F16\"", "\"F128\""},
          {"\"by hand\"", "[".repeat(50_000)},
          {"\"by hand\"", "{\"a\":".repeat(50_000)},
          {"\"by hand\"", "\"" + "x".repeat(200_000)},
        }) {
      all.add(
          HostileSeeds.safetensors(
              HostileSeeds.SAFETENSORS_HEADER.replace(change[0], change[1]), 24));
    }
    return all;
  }

  private static List<byte[]> idx(byte[] sound) throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (int side : new int[] {1 << 14, 1 << 18, 1 << 28, Integer.MAX_VALUE, -1}) {
      for (int at = 4; at < 16; at += 4) {
        byte[] file = sound.clone();
        ByteBuffer.wrap(file).putInt(at, side);
        all.add(file);
      }
    }
    byte[] bomb = Arrays.copyOf(sound, 1 << 24); // and its head claims 12 bytes
    all.add(gzip(bomb));
    ByteBuffer.wrap(bomb)
        .putInt(4, 1 << 28)
        .putInt(8, 1)
        .putInt(12, 1); // 256 MB: the end is missing
    all.add(gzip(bomb));
    return all;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /// Other widths and heights at these places; the checksum of a PNG's head is made right.
  private static List<byte[]> sized(
      List<byte[]> sound, ByteOrder order, int width, int height, int bytes) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] whole : sound) {
      for (int w : SIDES) {
        for (int h : SIDES) {
          byte[] file = whole.clone();
          ByteBuffer buffer = ByteBuffer.wrap(file).order(order);
          if (bytes == Integer.BYTES) {
            buffer.putInt(width, w).putInt(height, h);
          } else {
            buffer.putShort(width, (short) w).putShort(height, (short) h);
          }
          if (file[1] == 'P') {
            CRC32 crc = new CRC32();
            crc.update(file, 12, 17);
            buffer.putInt(29, (int) crc.getValue());
          }
          all.add(file);
        }
      }
    }
    return all;
  }

  private static List<byte[]> bmp(List<byte[]> sound) {
    List<byte[]> all = sized(sound, ByteOrder.LITTLE_ENDIAN, 18, 22, Integer.BYTES);
    BufferedImage small = new BufferedImage(9, 12, BufferedImage.TYPE_INT_RGB);
    byte[] wrapped = HostileSeeds.bytes(small, "bmp", "BI_PNG", false);
    all.add(wrapped);
    int head = 54; // a PNG inside that claims other sides than the BMP around it
    byte[] lying = wrapped.clone();
    ByteBuffer.wrap(lying).putInt(head + 16, 60_000).putInt(head + 20, 60_000);
    all.add(lying);
    all.add(HostileSeeds.bytes(small, "bmp", "BI_JPEG", false));
    return all;
  }

  private static List<byte[]> jpeg(List<byte[]> sound) {
    List<byte[]> all = new ArrayList<>();
    for (byte[] whole : sound) {
      int frame = frame(whole);
      for (int side : new int[] {0, 1, 600, 2_000, 6_300, 65_535}) {
        byte[] file = whole.clone();
        ByteBuffer.wrap(file).putShort(frame + 5, (short) side).putShort(frame + 7, (short) side);
        all.add(file);
      }
    }
    for (int side : new int[] {12, 1_500}) {
      all.add(manyScans(sound.get(2), side, 20_000));
    }
    return all;
  }

  /// A progressive picture whose first scan comes again and again: each one is small, and costs a pass
  /// over all of the picture.
  static byte[] manyScans(byte[] progressive, int side, int scans) {
    int frame = frame(progressive);
    int first = marker(progressive, 0xda, frame);
    int second = marker(progressive, 0xc4, first + 2);
    ByteBuffer file = ByteBuffer.allocate(progressive.length + scans * (second - first));
    file.put(progressive, 0, first);
    for (int i = 0; i < scans; i++) {
      file.put(progressive, first, second - first);
    }
    file.put(progressive, first, progressive.length - first);
    file.putShort(frame + 5, (short) side).putShort(frame + 7, (short) side);
    return Arrays.copyOf(file.array(), file.position());
  }

  private static int frame(byte[] jpeg) {
    return Math.max(marker(jpeg, 0xc0, 2), marker(jpeg, 0xc2, 2));
  }

  private static int marker(byte[] jpeg, int code, int from) {
    for (int i = from; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) code) {
        return i;
      }
    }
    return -1;
  }
}
