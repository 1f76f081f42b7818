package legible.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import legible.random.CounterRandom;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  private static final int MUTATIONS = 20_000;

  private static byte[] file(String header, int... data) {
    byte[] text = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + text.length + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
    for (int value : data) {
      file.put((byte) value);
    }
    return file.array();
  }

  private static ModelFormatException refused(byte[] file) {
    ModelFormatException refusal =
        assertThrows(ModelFormatException.class, () -> Safetensors.decode("some.legible", file));
    Refusal.wellFormed(refusal, file.length);
    return refusal;
  }

  private static byte[] sample() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.of(Shape.of(2, 3), 1, -2, 3, 4.5f, Float.MIN_VALUE, Float.MAX_VALUE));
    tensors.put("a \"\\\n\u00e9", Tensor.of(Shape.of(), 7));
    tensors.put("empty", Tensor.of(Shape.of(0, 4)));
    return Safetensors.encode(tensors, new TreeMap<>(Map.of("format", "pt")));
  }

  @Test
  void whatIsWrittenIsRead() throws ModelFormatException {
    byte[] file = sample();
    Safetensors read = Safetensors.decode("some.legible", file);
    assertEquals("[b, a \"\\\n\u00e9, empty]", read.shapes().keySet().toString());
    assertEquals(Map.of("format", "pt"), read.metadata());
    Map<String, Tensor> again = new LinkedHashMap<>();
    for (String name : read.shapes().keySet()) {
      again.put(name, read.tensor(name));
    }
    assertArrayEquals(file, Safetensors.encode(again, read.metadata()));
    assertEquals(0, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong() % Long.BYTES);
  }

  /// 1.5, -2, the smallest denormal number and infinity.
  @ParameterizedTest
  @CsvSource({
    "F16, 003e 00c0 0100 007c, 1.5 -2 5.9604645E-8 Infinity",
    "BF16, c03f 00c0 0100 807f, 1.5 -2 9.18355E-41 Infinity"
  })
  void halvesAreReadExactly(String type, String bytes, String values) throws ModelFormatException {
    int[] data = new int[8];
    String hex = bytes.replace(" ", "");
    Arrays.setAll(data, i -> Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16));
    byte[] file = file("{'x':{'dtype':'" + type + "','shape':[4],'data_offsets':[0,8]}}  ", data);
    float[] expected = new float[4];
    String[] words = values.split(" ", -1);
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Float.parseFloat(words[i]);
    }
    assertArrayEquals(expected, Safetensors.decode("f", file).tensor("x").data());
  }

  @Test
  void otherTypesAreSkippedOverAndNotRead() throws ModelFormatException {
    byte[] file = file("{'n':{'dtype':'I64','shape':[],'data_offsets':[0,8]}}", new int[8]);
    Safetensors read = Safetensors.decode("some.legible", file);
    assertEquals(Shape.of(), read.shapes().get("n"));
    String refusal = assertThrows(ModelFormatException.class, () -> read.tensor("n")).getMessage();
    assertTrue(refusal.contains("F32, F16 or BF16 expected, got I64"), refusal);
    assertThrows(ModelFormatException.class, () -> read.tensor("m"));
  }

  /// Headers over eight bytes of data.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} x",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8],'more':1}}",
        "{'x':{'dtype':'F32','shape':[2]}}",
        "{'x':{'dtype':'F31','shape':[2],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}",
        "{'x':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[02],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[1,1,1,1,1,1,1,1,2],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[4294967298],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[18446744073709551616,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[9007199254740992,8]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}",
        "{'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'y':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}",
        "{'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'\\u0078':{'dtype':'F32','shape':[0],'data_offsets':[8,8]}}",
        "{'__metadata__':{'a':'b','a':'b'},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'__metadata__':{'a':1},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'__metadata__':{},'__metadata__':{},"
            + "'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'\\ud':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'\\q':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{'\n':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}",
        "{x:{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}"
      })
  void hostileHeadersAreRefused(String header) {
    refused(file(header, new int[8]));
  }

  @Test
  void lengthsThatCannotBeAreRefused() {
    refused(new byte[0]);
    refused(new byte[7]);
    for (long length : new long[] {-1, Long.MIN_VALUE, 0, 1, 9, 1L << 32, Long.MAX_VALUE}) {
      byte[] file = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      refused(file);
    }
    byte[] sample = sample();
    for (int length = 0; length < sample.length; length++) {
      refused(Arrays.copyOf(sample, length));
    }
    refused(Arrays.copyOf(sample, sample.length + 1));
  }

  /// A header that is no UTF-8.
  @Test
  void otherTextIsRefused() {
    byte[] file = file("{}");
    file[Long.BYTES] = (byte) 0xff;
    refused(file);
  }

  @Test
  void mutatedFilesAreRefusedOrRead() {
    byte[] sample = sample();
    int accepted = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      CounterRandom random = new CounterRandom(1).split(i);
      byte[] file = sample.clone();
      for (int change = 0; change <= random.below(0, 3); change++) {
        file[random.below(2 * change + 1, sample.length)] = (byte) random.bits(2 * change + 2);
      }
      try {
        Safetensors read = Safetensors.decode("some.legible", file);
        for (String name : read.shapes().keySet()) {
          read.tensor(name);
        }
        accepted++;
      } catch (ModelFormatException e) {
        Refusal.wellFormed(e, file.length);
      }
    }
    assertTrue(accepted > 0 && accepted < MUTATIONS, accepted + " accepted");
  }
}
