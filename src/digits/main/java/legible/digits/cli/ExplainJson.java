package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import legible.digits.Answer;
import legible.digits.explain.Arithmetic;
import legible.digits.explain.Description;
import legible.digits.explain.Explanation;
import legible.digits.explain.Range;
import legible.digits.explain.Saliency;
import legible.infer.Walk.Stage;
import legible.tensor.Shape;

/// An explanation for programs. Floats of the arithmetic stand there exactly, as
/// [Float#toHexString] writes them, and as numbers.
final class ExplainJson {
  private ExplainJson() {}

  static void print(PrintWriter out, Explanation explanation) throws IOException {
    Answer answer = explanation.reading().answer();
    Json.print(
        out,
        json -> {
          json.writeStringField("file", explanation.picture());
          json.writeNumberField("digit", answer.digit());
          json.writeNumberField("probability", answer.probability());
          Json.array(json, "probabilities", answer.probabilities());
          Json.array(json, "logits", answer.logits());
          json.writeStringField("model", explanation.modelFile());
          json.writeStringField("modelSha256", explanation.model().sha256());
          json.writeArrayFieldStart("steps");
          for (Stage stage : explanation.stages()) {
            write(json, explanation, stage);
          }
          json.writeEndArray();
          write(json, explanation.arithmetic());
          write(json, explanation.saliency());
        });
  }

  private static void write(JsonGenerator json, Explanation explanation, Stage stage)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", stage.name());
    json.writeArrayFieldStart("layers");
    for (String layer : stage.layers()) {
      json.writeString(layer);
    }
    json.writeEndArray();
    json.writeStringField("computes", Description.of(stage));
    json.writeStringField("operands", Description.operands(explanation, stage));
    Shape shape = stage.out().shape().withoutFirst();
    json.writeFieldName("shape");
    Json.array(json, shape.toArray());
    Range range = Range.of(stage.out().data());
    json.writeNumberField("min", range.min());
    json.writeNumberField("max", range.max());
    json.writeNumberField("mean", range.mean());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Arithmetic sum) throws IOException {
    json.writeObjectFieldStart("arithmetic");
    json.writeStringField("step", sum.stage().name());
    json.writeFieldName("at");
    Json.array(json, sum.at().stream().mapToInt(Integer::intValue).toArray());
    json.writeStringField("formula", Description.formula(sum.stage()));
    json.writeArrayFieldStart("terms");
    for (Arithmetic.Term term : sum.terms()) {
      json.writeStartObject();
      json.writeStringField("does", term.kind().name().toLowerCase(Locale.ROOT));
      json.writeArrayFieldStart("operands");
      for (Arithmetic.Operand operand : term.operands()) {
        json.writeStartObject();
        json.writeStringField("name", operand.name());
        exact(json, "value", operand.value());
        json.writeEndObject();
      }
      json.writeEndArray();
      exact(json, "total", term.total());
      json.writeEndObject();
    }
    json.writeEndArray();
    exact(json, "total", sum.total());
    exact(json, "stored", sum.stored());
    json.writeBooleanField("identical", sum.isExact());
    json.writeEndObject();
  }

  private static void exact(JsonGenerator json, String name, float value) throws IOException {
    json.writeNumberField(name, value);
    json.writeStringField(name + "Hex", Float.toHexString(value));
  }

  private static void write(JsonGenerator json, Saliency saliency) throws IOException {
    json.writeObjectFieldStart("saliency");
    json.writeNumberField("logit", saliency.target());
    Json.array(json, "gradient", saliency.gradient());
    json.writeNumberField("steps", saliency.steps());
    json.writeArrayFieldStart("attributions");
    for (double attribution : saliency.attributions()) {
      json.writeNumber(attribution);
    }
    json.writeEndArray();
    json.writeNumberField("sum", saliency.sum());
    json.writeNumberField("value", saliency.value());
    json.writeNumberField("baseline", saliency.baseline());
    json.writeNumberField("difference", saliency.difference());
    json.writeNumberField("completenessError", saliency.error());
    json.writeEndObject();
  }
}
