package legible.digits.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;

/// What a command found out, for people and for programs.
interface View {
  /// Prints it as lines of text.
  void print(PrintWriter out);

  /// Writes it as fields of the JSON document.
  void write(JsonGenerator json) throws IOException;

  /// Prints it in one of the two ways.
  default void show(PrintWriter out, boolean asJson) throws IOException {
    if (asJson) {
      Json.print(out, this::write);
    } else {
      print(out);
      out.flush();
    }
  }
}
