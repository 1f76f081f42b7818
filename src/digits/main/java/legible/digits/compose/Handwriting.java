package legible.digits.compose;

import java.util.Arrays;
import legible.digits.augment.Augmentation;
import legible.digits.augment.Augmenter;
import legible.digits.idx.LabelledImages;
import legible.digits.idx.Mnist;

/// Digits that people wrote, one by one, to be put side by side: MNIST's pictures with the boxes
/// around their ink.
public final class Handwriting {
  private static final int SIZE = 28;

  /// Ink above this, of 255, counts for the box.
  private static final int CLEAR_INK = 100;

  /// Stronger than for single digits: a line of check amounts has hands that MNIST does not know.
  private static final Augmentation BENDING = new Augmentation(6, 0.05f, 0.05f, 0, 2f, 4);

  private final LabelledImages images;
  private final int[][] byDigit;
  private final byte[] boxes;

  /// @param images digits of 28 x 28 pixels, ink bright; each digit occurs
  public Handwriting(LabelledImages images) {
    this.images = images;
    int[] counts = new int[Mnist.CLASSES];
    for (int i = 0; i < images.size(); i++) {
      counts[images.label(i)]++;
    }
    this.byDigit = new int[Mnist.CLASSES][];
    Arrays.setAll(byDigit, digit -> new int[counts[digit]]);
    this.boxes = new byte[4 * images.size()];
    for (int i = images.size() - 1; i >= 0; i--) {
      byDigit[images.label(i)][--counts[images.label(i)]] = i;
      box(i);
    }
  }

  private void box(int index) {
    int left = SIZE;
    int right = 0;
    int top = SIZE;
    int bottom = 0;
    for (int i = 0; i < SIZE * SIZE; i++) {
      if ((images.pixels()[images.offset(index) + i] & 0xff) > CLEAR_INK) {
        left = Math.min(left, i % SIZE);
        right = Math.max(right, i % SIZE);
        top = Math.min(top, i / SIZE);
        bottom = Math.max(bottom, i / SIZE);
      }
    }
    boxes[4 * index] = (byte) left;
    boxes[4 * index + 1] = (byte) right;
    boxes[4 * index + 2] = (byte) top;
    boxes[4 * index + 3] = (byte) bottom;
  }

  /// One of the pictures of a digit.
  int pick(int digit, Draws draws) {
    return byDigit[digit][draws.below(byDigit[digit].length)];
  }

  /// Columns of a picture's ink.
  float inkWidth(int index) {
    return boxes[4 * index + 1] - boxes[4 * index] + 1f;
  }

  /// Rows of a picture's ink.
  float inkHeight(int index) {
    return boxes[4 * index + 3] - boxes[4 * index + 2] + 1f;
  }

  /// How a digit is put on a sheet: `x = centreX + scaleX·u + slant·scaleY·(-v)`, `y = centreY +
  /// scaleY·v`, where (u, v) is the place in the digit's picture from the middle of its ink.
  ///
  /// @param index which picture
  /// @param bending seed of its distortion; 0 for none
  record Placement(
      int index,
      float centreX,
      float centreY,
      float scaleX,
      float scaleY,
      float slant,
      long bending) {}

  /// Draws a digit.
  ///
  /// @param least ink of the picture below this is none
  /// @param most ink of the picture above this is full: both together make strokes thin or thick
  void draw(Placement place, float least, float most, Canvas canvas, Scratch scratch) {
    load(place, scratch);
    float middleU = (boxes[4 * place.index()] + boxes[4 * place.index() + 1]) / 2f;
    float middleV = (boxes[4 * place.index() + 2] + boxes[4 * place.index() + 3]) / 2f;
    float reachY = (inkHeight(place.index()) / 2 + 3) * place.scaleY();
    float reachX =
        (inkWidth(place.index()) / 2 + 3) * place.scaleX() + Math.abs(place.slant()) * reachY;
    int top = Math.max(0, (int) (place.centreY() - reachY));
    int bottom = Math.min(canvas.height() - 1, (int) (place.centreY() + reachY) + 1);
    int left = Math.max(0, (int) (place.centreX() - reachX));
    int right = Math.min(canvas.width() - 1, (int) (place.centreX() + reachX) + 1);
    for (int y = top; y <= bottom; y++) {
      float below = y - place.centreY();
      float v = middleV + below / place.scaleY();
      for (int x = left; x <= right; x++) {
        float u = middleU + (x - place.centreX() + place.slant() * below) / place.scaleX();
        float value = bilinear(scratch.digit, u, v);
        if (value > least) {
          canvas.add(x, y, Math.min(1, (value - least) / (most - least)));
        }
      }
    }
  }

  private void load(Placement place, Scratch scratch) {
    int first = images.offset(place.index());
    if (place.bending() != 0) {
      new Augmenter(BENDING, place.bending())
          .augment(images.pixels(), first, 0, 0, scratch.digit, 0, scratch.bending);
      return;
    }
    for (int i = 0; i < SIZE * SIZE; i++) {
      scratch.digit[i] = (images.pixels()[first + i] & 0xff) / 255f;
    }
  }

  private static float bilinear(float[] digit, float u, float v) {
    int x = (int) Math.floor(u);
    int y = (int) Math.floor(v);
    if (x < 0 || y < 0 || x >= SIZE - 1 || y >= SIZE - 1) {
      return 0;
    }
    float right = u - x;
    int i = y * SIZE + x;
    float top = digit[i] + right * (digit[i + 1] - digit[i]);
    float bottom = digit[i + SIZE] + right * (digit[i + SIZE + 1] - digit[i + SIZE]);
    return top + (v - y) * (bottom - top);
  }

  /// Memory of one thread.
  static final class Scratch {
    private final float[] digit = new float[SIZE * SIZE];
    private final Augmenter.Scratch bending = new Augmenter.Scratch();
  }
}
