package legible.digits.receipt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import legible.digits.Answer;
import legible.digits.idx.Mnist;
import legible.digits.image.DigitNormalizer;
import legible.format.Storage;

/// Receipts as JSON files; `docs/receipts.md` describes the fields. Every float is a text as
/// [Float#toHexString] writes it, so no digit is lost.
public final class ReceiptFile {
  private static final String VERSION_FIELD = "legible-receipt";
  private static final int VERSION = 1;

  /// A receipt has some 12,000 bytes.
  private static final int MOST_BYTES = 1 << 20;

  /// The preprocessing has 6 steps.
  private static final int MOST_STEPS = 100;

  private ReceiptFile() {}

  /// Saves a receipt in one step.
  ///
  /// @throws IOException if the file cannot be written; the message says why
  public static void write(Receipt receipt, Path file) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField(VERSION_FIELD, VERSION);
      json.writeStringField("engine", receipt.engine());
      write(json, "input", receipt.input());
      write(json, "model", receipt.model());
      json.writeArrayFieldStart("preprocessing");
      for (Receipt.StepDigest step : receipt.preprocessing()) {
        write(json, step);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("pixels");
      for (int row = 0; row < DigitNormalizer.SIZE; row++) {
        write(json, receipt.pixels(), row * DigitNormalizer.SIZE, DigitNormalizer.SIZE);
      }
      json.writeEndArray();
      json.writeFieldName("logits");
      write(json, receipt.answer().logits(), 0, Mnist.CLASSES);
      json.writeFieldName("probabilities");
      write(json, receipt.answer().probabilities(), 0, Mnist.CLASSES);
      json.writeObjectFieldStart("decision");
      json.writeNumberField("digit", receipt.decision().digit());
      json.writeStringField("probability", Float.toHexString(receipt.decision().probability()));
      json.writeEndObject();
      json.writeEndObject();
    }
    Storage.write(file, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(JsonGenerator json, String name, Receipt.Source source)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("file", source.file());
    json.writeStringField("sha256", source.sha256());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Receipt.StepDigest step) throws IOException {
    json.writeStartObject();
    json.writeStringField("step", step.name());
    json.writeObjectFieldStart("parameters");
    for (Map.Entry<String, String> parameter : step.parameters().entrySet()) {
      json.writeStringField(parameter.getKey(), parameter.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("width", step.width());
    json.writeNumberField("height", step.height());
    json.writeStringField("sha256", step.sha256());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, float[] values, int from, int count)
      throws IOException {
    json.writeStartArray();
    for (int i = from; i < from + count; i++) {
      json.writeString(Float.toHexString(values[i]));
    }
    json.writeEndArray();
  }

  /// Reads a receipt.
  ///
  /// @throws ReceiptFormatException if the file is anything else
  /// @throws IOException if the file cannot be read
  public static Receipt read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new ReceiptFormatException(file.toString(), "a receipt expected, got a folder");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1); // a device has no size to ask for
      if (bytes.length > MOST_BYTES) {
        throw new ReceiptFormatException(
            file.toString(), "at most %d bytes expected, got more".formatted(MOST_BYTES));
      }
      return decode(file.toString(), bytes);
    }
  }

  /// Reads the bytes of a receipt.
  ///
  /// @param source a name for messages
  /// @throws ReceiptFormatException if they are anything else
  public static Receipt decode(String source, byte[] bytes) throws ReceiptFormatException {
    Fields all = Fields.parse(source, bytes);
    int version = all.integer(VERSION_FIELD, 1, Integer.MAX_VALUE);
    if (version != VERSION) {
      throw all.failure(
          VERSION_FIELD,
          "version %d expected; version %d needs a newer Legible".formatted(VERSION, version));
    }
    Receipt receipt =
        new Receipt(
            all.word("engine"),
            source(all.object("input")),
            source(all.object("model")),
            steps(all),
            pixels(all),
            new Answer(
                all.floats("logits", Mnist.CLASSES), all.floats("probabilities", Mnist.CLASSES)),
            decision(all.object("decision")));
    all.requireNoOthers();
    return receipt;
  }

  private static Receipt.Source source(Fields fields) throws ReceiptFormatException {
    Receipt.Source source = new Receipt.Source(fields.text("file"), fields.sha256("sha256"));
    fields.requireNoOthers();
    return source;
  }

  private static List<Receipt.StepDigest> steps(Fields all) throws ReceiptFormatException {
    List<Receipt.StepDigest> steps = new ArrayList<>();
    for (Fields step : all.objects("preprocessing", 1, MOST_STEPS)) {
      steps.add(
          new Receipt.StepDigest(
              step.word("step"),
              step.object("parameters").words(),
              step.integer("width", 1, Integer.MAX_VALUE),
              step.integer("height", 1, Integer.MAX_VALUE),
              step.sha256("sha256")));
      step.requireNoOthers();
    }
    return steps;
  }

  private static float[] pixels(Fields all) throws ReceiptFormatException {
    float[] pixels = new float[DigitNormalizer.SIZE * DigitNormalizer.SIZE];
    float[][] rows = all.rows("pixels", DigitNormalizer.SIZE, DigitNormalizer.SIZE);
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, pixels, row * DigitNormalizer.SIZE, DigitNormalizer.SIZE);
    }
    return pixels;
  }

  private static Receipt.Decision decision(Fields fields) throws ReceiptFormatException {
    Receipt.Decision decision =
        new Receipt.Decision(
            fields.integer("digit", 0, Mnist.CLASSES - 1), fields.real("probability"));
    fields.requireNoOthers();
    return decision;
  }
}
