package legible;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import legible.tensor.Workspace;

/// The memory that a workspace keeps for reuse.
public final class WorkspaceMemory {
  private WorkspaceMemory() {}

  /// Fills all free arrays with NaN, so that whoever reads before writing shows it.
  ///
  /// @return the number of free arrays
  public static int poison(Workspace workspace) {
    try {
      var field = Workspace.class.getDeclaredField("free");
      field.setAccessible(true);
      int arrays = 0;
      for (Object stack : ((Map<?, ?>) field.get(workspace)).values()) {
        for (Object array : (ArrayDeque<?>) stack) {
          Arrays.fill((float[]) array, Float.NaN);
          arrays++;
        }
      }
      return arrays;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Workspace keeps its free memory elsewhere now", e);
    }
  }
}
