package legible.infer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import legible.op.Add;
import legible.tensor.Tensor;

/// Which buffer each value of a computation lives in: one that no value occupies which is still
/// needed. A chain of layers takes two buffers in turn, residual blocks take three. A sum takes the
/// place of one of its addends, so that it can be done where that is made.
final class MemoryPlan {
  private final IdentityHashMap<float[], Integer> bufferOf = new IdentityHashMap<>();
  private final List<Integer> sizes = new ArrayList<>();

  /// Plans the values of a network for one sample.
  ///
  /// @param keep whether every value keeps a buffer of its own size to the end
  MemoryPlan(FoldedNetwork network, boolean keep) {
    Tensor input = network.input();
    List<FoldedLine> lines = network.lines();
    IdentityHashMap<float[], Integer> lastUse = new IdentityHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      for (Tensor in : lines.get(i).in()) {
        lastUse.put(in.data(), i);
      }
    }
    place(input, List.of());
    List<float[]> live = new ArrayList<>(List.of(input.data()));
    for (int i = 0; i < lines.size(); i++) {
      int now = i;
      Tensor out = lines.get(i).out();
      if (!bufferOf.containsKey(out.data())) { // not another shape of its input
        boolean inPlace = !keep && lines.get(i).op() instanceof Add;
        Optional<float[]> before =
            live.reversed().stream()
                .filter(value -> inPlace && lastUse.getOrDefault(value, -1) == now)
                .findFirst();
        if (before.isPresent()) {
          bufferOf.put(out.data(), bufferOf.get(before.get()));
        } else {
          place(out, live);
        }
        live.add(out.data());
      }
      live.removeIf(value -> !keep && lastUse.getOrDefault(value, Integer.MAX_VALUE) <= now);
    }
  }

  /// The free buffer that has to grow least, or a new one if all are occupied.
  private void place(Tensor value, List<float[]> live) {
    int best = -1;
    for (int buffer = 0; buffer < sizes.size(); buffer++) {
      int candidate = buffer;
      boolean free = live.stream().noneMatch(other -> bufferOf.get(other) == candidate);
      if (free && (best < 0 || growth(value, candidate) < growth(value, best))) {
        best = candidate;
      }
    }
    if (best < 0) {
      best = sizes.size();
      sizes.add(0);
    }
    sizes.set(best, Math.max(sizes.get(best), value.size()));
    bufferOf.put(value.data(), best);
  }

  private int growth(Tensor value, int buffer) {
    return Math.max(0, value.size() - sizes.get(buffer));
  }

  /// The buffer of a value that is no parameter.
  int buffer(Tensor value) {
    return bufferOf.get(value.data());
  }

  /// The sizes of the buffers, in floats for each sample.
  List<Integer> sizes() {
    return List.copyOf(sizes);
  }
}
