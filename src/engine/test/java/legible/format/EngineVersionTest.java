package legible.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The version that files record is the version that is built.
class EngineVersionTest {
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  @Test
  void isTheVersionOfTheBuild() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("src/engine/pom.xml"))) {
      folder = folder.getParent();
    }
    Matcher first = VERSION.matcher(Files.readString(folder.resolve("pom.xml")));
    assertEquals(true, first.find());
    assertEquals(first.group(1), EngineVersion.TEXT);
  }
}
