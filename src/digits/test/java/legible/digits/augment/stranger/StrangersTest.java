package legible.digits.augment.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import legible.digits.Repository;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;
import org.junit.jupiter.api.Test;

class StrangersTest {
  /// What is measured as never learnt must not be learnt.
  @Test
  void keptBackGlyphsAreNotLearnt() {
    Set<String> glyphs = new HashSet<>(Glyphs.LEARNT);
    glyphs.addAll(Glyphs.KEPT_BACK);
    assertEquals(Glyphs.LEARNT.size() + Glyphs.KEPT_BACK.size(), glyphs.size());
    for (String glyph : glyphs) {
      for (int[] stroke : Glyphs.strokes(glyph)) {
        assertTrue(stroke.length >= 4 && stroke.length % 2 == 0, glyph);
      }
    }
  }

  /// Every kind shows something between blank and black, and not twice the same.
  @Test
  void everyKindIsDrawn() throws IOException {
    LabelledImages digits = Mnist.test(Repository.MNIST).images();
    for (Strangers.Kind kind : Strangers.MEASURED) {
      StrangerPictures pictures = new StrangerPictures(kind, digits, 100, 1, 1);
      Set<List<Float>> seen = new HashSet<>();
      int inked = 0;
      for (int i = 0; i < pictures.size(); i++) {
        float[] target = new float[784];
        pictures.read(i, 0, 0, target, 0);
        float sum = 0;
        for (float value : target) {
          assertTrue(value >= 0 && value <= 1, kind.title() + " has " + value);
          sum += value;
        }
        inked += sum > 5 && sum < 780 ? 1 : 0;
        seen.add(List.of(sum, target[300], target[400]));
      }
      assertTrue(inked >= 60, kind.title() + ": " + inked);
      assertTrue(seen.size() >= 60, kind.title() + ": " + seen.size());
    }
  }
}
