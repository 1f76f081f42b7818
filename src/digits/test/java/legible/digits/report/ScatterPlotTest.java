package legible.digits.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScatterPlotTest {
  private static final PrincipalComponents PLANE =
      new PrincipalComponents(
          new double[][] {{-4, 1}, {0, 0}, {6, -1}}, new double[] {0.75, 0.125});

  private static String html(PrincipalComponents plane, String... names) {
    return new ScatterPlot("Where", plane, new int[] {1, 0, 1}, List.of(names)).html();
  }

  /// The marks' places and characters in the order of the points.
  private static List<String> marks(String html) {
    Matcher matcher =
        Pattern.compile("<text class=\"mark (c\\d)\" x=\"([0-9.]+)\" y=\"([0-9.]+)\">(.*?)</text>")
            .matcher(html);
    return matcher.results().map(m -> m.group(1) + " " + m.group(4)).toList();
  }

  @Test
  void eachPointIsTheSignOfItsClass() {
    String html = html(PLANE, "4", "9");
    assertEquals(List.of("c1 9", "c0 4", "c1 9"), marks(html));
    assertTrue(html.contains("component 1: 75.0 % of the variance"));
    assertTrue(html.contains("component 2: 12.5 % of the variance"));
    assertTrue(html.contains("3 points of 2 classes"));
  }

  @Test
  void longNamesGetLetters() {
    String html = html(PLANE, "a<b", "ring");
    assertEquals(List.of("c1 B", "c0 A", "c1 B"), marks(html));
    assertTrue(html.contains("<b class=\"c0\">A</b> a&lt;b"), html);
    assertFalse(html.contains("a<b"));
  }

  @Test
  void onePointHasAPlace() {
    PrincipalComponents same = new PrincipalComponents(new double[3][2], new double[2]);
    assertEquals(3, marks(html(same, "0", "1")).size());
  }
}
