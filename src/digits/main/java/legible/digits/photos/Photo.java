package legible.digits.photos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A labelled picture in a folder of photographs.
///
/// @param file the picture
/// @param label the digits that it shows
/// @param kind of picture, such as `photo_paper`
public record Photo(Path file, String label, String kind) {
  private static final String HEAD = "file,label,source,kind,notes";

  /// The pictures that a folder's `labels.csv` names.
  ///
  /// @throws IOException if there is no such file, or it has another form
  public static List<Photo> in(Path folder) throws IOException {
    Path table = folder.resolve("labels.csv");
    List<String> lines = Files.readAllLines(table);
    if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
      throw new IOException(table + ": the first line '" + HEAD + "' expected");
    }
    List<Photo> photos = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", 5);
      if (cells.length < 4 || !cells[1].matches("[0-9]+")) {
        throw new IOException(
            "%s, line %d: a file, its digits, source and kind expected, got '%s'"
                .formatted(table, i + 1, lines.get(i)));
      }
      photos.add(new Photo(folder.resolve(cells[0]), cells[1], cells[3]));
    }
    return photos;
  }

  /// Whether it shows one digit alone.
  public boolean isSingle() {
    return label.length() == 1;
  }
}
