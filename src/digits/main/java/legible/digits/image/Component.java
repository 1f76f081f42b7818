package legible.digits.image;

import java.util.ArrayList;
import java.util.List;

/// A piece of connected ink: neighbours to the side, above, below and at the corners belong together.
///
/// @param box the smallest one around it
/// @param pixels the places, `y·(columns of the picture) + x`
public record Component(Box box, int[] pixels) {
  /// All pieces of a picture, in the order of their first pixels.
  ///
  /// @param ink row-major
  /// @param columns of the picture
  public static List<Component> of(boolean[] ink, int columns) {
    boolean[] left = ink.clone();
    int[] stack = new int[ink.length];
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < left.length; i++) {
      if (left[i]) {
        components.add(flood(left, columns, i, stack));
      }
    }
    return components;
  }

  /// Takes away the piece that a pixel belongs to.
  ///
  /// @param stack receives the pixels; what is behind `next` waits for its neighbours
  private static Component flood(boolean[] left, int columns, int start, int[] stack) {
    int rows = left.length / columns;
    int count = 0;
    stack[count++] = start;
    left[start] = false;
    int west = columns;
    int east = 0;
    int north = rows;
    int south = 0;
    for (int next = 0; next < count; next++) {
      int x = stack[next] % columns;
      int y = stack[next] / columns;
      west = Math.min(west, x);
      east = Math.max(east, x);
      north = Math.min(north, y);
      south = Math.max(south, y);
      for (int v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++) {
        for (int u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) {
          if (left[v * columns + u]) {
            left[v * columns + u] = false;
            stack[count++] = v * columns + u;
          }
        }
      }
    }
    int[] pixels = new int[count];
    System.arraycopy(stack, 0, pixels, 0, count);
    return new Component(new Box(west, north, east - west + 1, south - north + 1), pixels);
  }

  /// The number of pixels.
  public int area() {
    return pixels.length;
  }
}
