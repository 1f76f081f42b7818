package legible.digits.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import legible.format.Storage;
import legible.train.EpochRecord;

/// The epochs of a training as `history.csv` and `history.json`.
public final class HistoryFiles {
  private HistoryFiles() {}

  /// Writes both files; the folder is made if it is missing.
  public static void write(Path folder, List<EpochRecord> history) throws IOException {
    Files.createDirectories(folder);
    Storage.write(folder.resolve("history.csv"), csv(history).getBytes(StandardCharsets.UTF_8));
    Storage.write(folder.resolve("history.json"), json(history).getBytes(StandardCharsets.UTF_8));
  }

  private static String csv(List<EpochRecord> history) {
    StringBuilder text =
        new StringBuilder(
            "epoch,learningRate,trainLoss,trainAccuracy,validationLoss,validationAccuracy\n");
    for (EpochRecord e : history) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%s,%s,%s,%s,%s%n",
              e.epoch(),
              e.learningRate(),
              e.trainLoss(),
              e.trainAccuracy(),
              e.validationLoss(),
              e.validationAccuracy()));
    }
    return text.toString();
  }

  private static String json(List<EpochRecord> history) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      json.writeStartArray();
      for (EpochRecord e : history) {
        json.writeStartObject();
        json.writeNumberField("epoch", e.epoch());
        json.writeNumberField("learningRate", e.learningRate());
        json.writeNumberField("trainLoss", e.trainLoss());
        json.writeNumberField("trainAccuracy", e.trainAccuracy());
        validation(json, "validationLoss", e.validationLoss());
        validation(json, "validationAccuracy", e.validationAccuracy());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    return text + "\n";
  }

  /// Without validation pictures there is no number, and JSON has no word for that but null.
  private static void validation(JsonGenerator json, String field, double value)
      throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }
}
