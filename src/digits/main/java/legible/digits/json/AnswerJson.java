package legible.digits.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import legible.digits.Answer;
import legible.digits.decision.Refusal;
import legible.digits.finetune.ClassNames;
import legible.digits.image.Box;
import legible.digits.numbers.Amount;
import legible.digits.numbers.NumberReading;
import legible.digits.numbers.ReadSign;

/// The fields of answers, the same on the command line and over HTTP.
public final class AnswerJson {
  private AnswerJson() {}

  /// Writes `digit` (null where refused; `class` for classes that are no digits), `probability`, `probabilities`, `rejected` and, where
  /// refused, `reason`.
  public static void write(JsonGenerator json, Answer answer, ClassNames classes, Refusal refusal)
      throws IOException {
    boolean rejected = refusal.rejects(answer);
    if (rejected) {
      json.writeNullField("digit");
    } else if (classes.areDigits()) {
      json.writeNumberField("digit", answer.digit());
    } else {
      json.writeStringField("class", classes.names().get(answer.digit()));
    }
    json.writeNumberField("probability", answer.probability());
    JsonText.array(json, "probabilities", answer.probabilities());
    json.writeBooleanField("rejected", rejected);
    if (rejected) {
      json.writeStringField("reason", refusal.reason(answer));
    }
  }

  /// Writes `text`, `amount` (if asked for; empty where the text is none), `confidence`, `rejected` and
  /// `digits` with `digit`, `probability` and `box` of each.
  public static void write(
      JsonGenerator json, NumberReading reading, boolean amount, Refusal refusal)
      throws IOException {
    json.writeStringField("text", reading.text());
    if (amount) {
      String text = Amount.of(reading.text()).map(Amount::toString).orElse("");
      json.writeStringField("amount", text);
    }
    json.writeNumberField("confidence", reading.confidence());
    json.writeBooleanField("rejected", refusal.rejects(reading));
    json.writeArrayFieldStart("digits");
    for (ReadSign sign : reading.signs()) {
      if (sign.isDigit()) {
        json.writeStartObject();
        json.writeNumberField("digit", sign.sign() - '0');
        json.writeNumberField("probability", sign.probability());
        json.writeFieldName("box");
        Box box = sign.box();
        json.writeArray(new int[] {box.left(), box.top(), box.width(), box.height()}, 0, 4);
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }
}
