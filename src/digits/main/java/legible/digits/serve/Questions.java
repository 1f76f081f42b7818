package legible.digits.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import legible.digits.Reading;
import legible.digits.decision.Calibration;
import legible.digits.decision.Refusal;
import legible.digits.finetune.ClassNames;
import legible.digits.idx.Mnist;
import legible.digits.image.GrayImage;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.image.Scaling;
import legible.digits.image.Step;
import legible.digits.json.AnswerJson;
import legible.digits.json.JsonText;
import legible.digits.numbers.NumberReader;
import legible.digits.numbers.NumberReading;
import legible.format.EngineVersion;
import legible.format.ModelFile;

/// Answers to what clients may ask, as JSON documents.
final class Questions {
  /// Pictures of steps are made smaller than this; they are for the eye.
  private static final int LONGEST_SIDE = 160;

  private static final ClassNames DIGITS = ClassNames.numbers(Mnist.CLASSES);

  private final Models models;
  private final Limits limits;

  Questions(Models models, Limits limits) {
    this.models = models;
    this.limits = limits;
  }

  /// The digit in a picture: `/v1/predict`.
  ///
  /// @throws HttpFailure 400 if the picture cannot be read, or the model has no such threshold
  Reply predict(byte[] picture, Query query) throws HttpFailure, IOException {
    Refusal refusal = refusal(query.share("max-error"), models.calibration());
    boolean steps = query.flag("steps");
    try {
      Reading reading = models.recognizer().read("picture", picture);
      return json(
          out -> {
            AnswerJson.write(out, reading.answer(), DIGITS, refusal);
            if (steps) {
              write(out, reading.steps());
            }
          });
    } catch (ImageFormatException e) {
      throw unreadable(e);
    }
  }

  private static Refusal refusal(double maxError, Calibration calibration) throws HttpFailure {
    if (maxError == 0) {
      return Refusal.NEVER;
    }
    if (calibration.thresholds().isEmpty()) {
      throw new HttpFailure(
          400, "max-error: a model with thresholds expected; 'legible calibrate' makes one");
    }
    return Refusal.of(maxError, calibration)
        .orElseThrow(
            () ->
                new HttpFailure(
                    400,
                    "max-error: at least %s expected, the least share that the model has a threshold for"
                        .formatted(calibration.thresholds().firstKey())));
  }

  /// The numbers in a picture: `/v1/read`.
  ///
  /// @throws HttpFailure 400 if the picture cannot be read or the model has no such threshold, 503
  ///     without a model for it
  Reply read(byte[] picture, Query query) throws HttpFailure, IOException {
    boolean amount = query.flag("amount");
    boolean steps = query.flag("steps");
    NumberReader reader =
        models
            .reader()
            .orElseThrow(() -> new HttpFailure(503, "the server was started without a reader"));
    Refusal refusal = refusal(query.share("max-error"), models.readerCalibration());
    try {
      GrayImage light = ImageFile.decode("picture", picture);
      NumberReading reading = reader.read("picture", light, amount);
      return json(
          out -> {
            AnswerJson.write(out, reading, amount, refusal);
            out.writeNumberField("width", light.width());
            out.writeNumberField("height", light.height());
            if (steps) {
              List<Step> shown = new ArrayList<>();
              shown.add(new Step("light", Map.of(), light));
              for (GrayImage sheet : NumberReader.sheets(light)) {
                shown.add(new Step("sheet", Map.of(), sheet));
              }
              write(out, shown);
            }
          });
    } catch (ImageFormatException e) {
      throw unreadable(e);
    }
  }

  private static HttpFailure unreadable(ImageFormatException e) {
    return new HttpFailure(400, e.getMessage());
  }

  private static void write(JsonGenerator out, List<Step> steps) throws IOException {
    out.writeArrayFieldStart("steps");
    for (Step step : steps) {
      GrayImage result = step.result();
      boolean large = Math.max(result.width(), result.height()) > LONGEST_SIDE;
      GrayImage shown = large ? Scaling.longerSide(result, LONGEST_SIDE) : result;
      out.writeStartObject();
      out.writeStringField("name", step.name());
      out.writeNumberField("fullWidth", result.width());
      out.writeNumberField("fullHeight", result.height());
      out.writeNumberField("width", shown.width());
      out.writeNumberField("height", shown.height());
      JsonText.base64(out, "pixels", levels(shown));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /// One byte for each pixel, 0 black to 255 white.
  private static byte[] levels(GrayImage image) {
    byte[] levels = new byte[image.values().length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (255 * Math.clamp(image.values()[i], 0f, 1f) + 0.5f);
    }
    return levels;
  }

  /// That the server is well, and what it has: `/v1/health`.
  Reply health() throws IOException {
    return json(
        out -> {
          out.writeStringField("status", "ok");
          out.writeStringField("version", EngineVersion.TEXT);
          model(out, "model", models.digitModel());
          if (models.readerModel().isPresent()) {
            model(out, "reader", models.readerModel().get());
          } else {
            out.writeNullField("reader");
          }
          shares(out, "maxErrors", models.calibration());
          shares(out, "readerMaxErrors", models.readerCalibration());
          out.writeNumberField("maxBytes", limits.bodyBytes());
          out.writeNumberField("maxPixels", ImageFile.MAX_PIXELS);
        });
  }

  private static void shares(JsonGenerator out, String field, Calibration calibration)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (double share : calibration.thresholds().keySet()) {
      out.writeNumber(share);
    }
    out.writeEndArray();
  }

  private static void model(JsonGenerator out, String field, ModelFile model) throws IOException {
    out.writeObjectFieldStart(field);
    out.writeStringField("name", model.architecture().name());
    out.writeStringField("sha256", model.sha256());
    out.writeEndObject();
  }

  private static Reply json(JsonText.Content content) throws IOException {
    return Reply.json(200, content, Map.of());
  }
}
