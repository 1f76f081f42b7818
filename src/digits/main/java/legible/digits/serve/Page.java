package legible.digits.serve;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The files of the page, by the path of their address.
final class Page {
  private final Map<String, Reply> files = new LinkedHashMap<>();

  /// Loads them.
  Page() throws IOException {
    add("/", "page.html", "text/html; charset=utf-8");
    add("/page.css", "page.css", "text/css; charset=utf-8");
    add("/page.js", "page.js", "text/javascript; charset=utf-8");
    add("/icon.svg", "icon.svg", "image/svg+xml");
  }

  private void add(String path, String file, String type) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(file)) {
      Map<String, String> headers = Map.of("Content-Type", type, "Cache-Control", "no-cache");
      files.put(path, new Reply(200, headers, in.readAllBytes()));
    }
  }

  Optional<Reply> file(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
