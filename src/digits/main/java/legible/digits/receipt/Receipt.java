package legible.digits.receipt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import legible.digits.Answer;
import legible.digits.Reading;
import legible.digits.image.DigitNormalizer;
import legible.digits.image.Step;
import legible.format.EngineVersion;
import legible.format.ModelFile;

/// What was decided about a picture, and from what: enough to decide it again and compare every bit.
/// `docs/receipts.md` describes the file.
///
/// @param engine the version of the engine that decided
/// @param input the picture's file
/// @param model the model's file
/// @param preprocessing what each step did
/// @param pixels what the network read: 784 values, row-major
/// @param answer what the network said
/// @param decision what followed from that
public record Receipt(
    String engine,
    Source input,
    Source model,
    List<StepDigest> preprocessing,
    float[] pixels,
    Answer answer,
    Decision decision) {
  public Receipt {
    preprocessing = List.copyOf(preprocessing);
  }

  /// A file that was used.
  ///
  /// @param file its path when the receipt was made; not compared
  /// @param sha256 of all its bytes, hexadecimal
  public record Source(String file, String sha256) {}

  /// A step without its pixels.
  ///
  /// @param name the step
  /// @param parameters what it found in the picture, by name
  /// @param width columns of its result
  /// @param height rows of its result
  /// @param sha256 of its result's values as little-endian float32, row-major
  public record StepDigest(
      String name, Map<String, String> parameters, int width, int height, String sha256) {
    static StepDigest of(Step step) {
      float[] values = step.result().values();
      ByteBuffer bytes =
          ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(values);
      return new StepDigest(
          step.name(),
          step.parameters(),
          step.result().width(),
          step.result().height(),
          sha256Of(bytes.array()));
    }
  }

  /// What was decided.
  ///
  /// @param digit 0 to 9
  /// @param probability that it is right, in the model's own opinion
  public record Decision(int digit, float probability) {}

  /// The receipt of a reading.
  ///
  /// @param picture the file's bytes
  /// @param modelFile where the model came from
  public static Receipt of(
      String pictureFile, byte[] picture, String modelFile, ModelFile model, Reading reading) {
    return new Receipt(
        EngineVersion.TEXT,
        new Source(pictureFile, sha256Of(picture)),
        new Source(modelFile, model.sha256()),
        reading.steps().stream().map(StepDigest::of).toList(),
        reading.pixels(),
        reading.answer(),
        new Decision(reading.answer().digit(), reading.answer().probability()));
  }

  /// The SHA-256 of bytes in hexadecimal digits.
  public static String sha256Of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("bug in Legible: every Java platform has SHA-256", e);
    }
  }

  /// A field in which two receipts differ.
  ///
  /// @param field its path in the file, such as `logits[3]`
  /// @param expected its value in the receipt
  /// @param got its value now
  public record Difference(String field, String expected, String got) {}

  /// The fields in which another receipt differs from this one, in the order of computation. Paths
  /// and the engine's version are not compared: equal answers may come from other places.
  public List<Difference> differences(Receipt other) {
    SequencedMap<String, String> mine = fields();
    SequencedMap<String, String> others = other.fields();
    SequencedMap<String, String> all = new LinkedHashMap<>(mine);
    all.putAll(others);
    return all.keySet().stream()
        .filter(field -> !mine.getOrDefault(field, "").equals(others.get(field)))
        .map(
            field ->
                new Difference(
                    field,
                    mine.getOrDefault(field, "nothing"),
                    others.getOrDefault(field, "nothing")))
        .toList();
  }

  /// Every compared value as text by its path.
  private SequencedMap<String, String> fields() {
    SequencedMap<String, String> fields = new LinkedHashMap<>();
    fields.put("input.sha256", input.sha256());
    fields.put("model.sha256", model.sha256());
    for (int i = 0; i < preprocessing.size(); i++) {
      StepDigest step = preprocessing.get(i);
      String path = "preprocessing[" + i + "].";
      fields.put(path + "step", step.name());
      step.parameters().forEach((name, value) -> fields.put(path + "parameters." + name, value));
      fields.put(path + "width", Integer.toString(step.width()));
      fields.put(path + "height", Integer.toString(step.height()));
      fields.put(path + "sha256", step.sha256());
    }
    for (int i = 0; i < pixels.length; i++) {
      int row = i / DigitNormalizer.SIZE;
      int column = i % DigitNormalizer.SIZE;
      fields.put("pixels[" + row + "][" + column + "]", Float.toHexString(pixels[i]));
    }
    put(fields, "logits", answer.logits());
    put(fields, "probabilities", answer.probabilities());
    fields.put("decision.digit", Integer.toString(decision.digit()));
    fields.put("decision.probability", Float.toHexString(decision.probability()));
    return fields;
  }

  private static void put(Map<String, String> fields, String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      fields.put(name + "[" + i + "]", Float.toHexString(values[i]));
    }
  }
}
