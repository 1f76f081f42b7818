package legible.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import legible.autograd.Role;
import legible.nn.Declaration;
import legible.nn.Layer;
import legible.tensor.Shape;

/// The table of a network's layers with output shapes and parameter counts.
final class Summary {
  private final List<String[]> rows = new ArrayList<>();

  private Summary() {}

  static String of(Architecture architecture) {
    Summary summary = new Summary();
    Shape batch = architecture.input().batchOf(1);
    architecture.body().inside(batch).forEach(p -> summary.add(p, 0));
    List<Declaration> all = architecture.declarations();
    long trained =
        all.stream().filter(d -> d.role() != Role.STATISTIC).mapToLong(Summary::size).sum();
    long total = all.stream().mapToLong(Summary::size).sum();
    return summary.table("Model: \"" + architecture.name() + "\"")
        + "Total parameters: %,d%nTrainable: %,d%nStatistics: %,d%n"
            .formatted(total, trained, total - trained)
            .replace(System.lineSeparator(), "\n");
  }

  private void add(Layer.Placed placed, int depth) {
    Layer layer = placed.layer();
    List<Layer.Placed> inside = layer.inside(placed.input()).toList();
    long parameters = layer.declare(placed.input()).stream().mapToLong(Summary::size).sum();
    rows.add(
        new String[] {
          "  ".repeat(depth) + layer.name() + " (" + layer.config().kind() + ")",
          shapeText(layer.outputShape(placed.input())),
          String.format(Locale.ROOT, "%,d", parameters)
        });
    inside.forEach(p -> add(p, depth + 1));
  }

  private String table(String title) {
    String[] head = {"Layer (kind)", "Output shape", "Parameters"};
    int[] widths = new int[head.length];
    for (int column = 0; column < head.length; column++) {
      widths[column] = head[column].length();
      for (String[] row : rows) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    StringBuilder text = new StringBuilder(title).append('\n');
    String rule = "─".repeat(widths[0] + widths[1] + widths[2] + 4) + "\n";
    text.append(rule).append(line(head, widths)).append(rule);
    rows.forEach(row -> text.append(line(row, widths)));
    return text.append(rule).toString();
  }

  private static String line(String[] row, int[] widths) {
    String format = "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s";
    return String.format(Locale.ROOT, format, (Object[]) row).stripTrailing() + "\n";
  }

  /// `[N, 28, 28, 16]`: the batch axis has no fixed length.
  private static String shapeText(Shape shape) {
    return shape.toString().replaceFirst("^\\[1", "[N");
  }

  private static long size(Declaration declaration) {
    return declaration.shape().size();
  }
}
