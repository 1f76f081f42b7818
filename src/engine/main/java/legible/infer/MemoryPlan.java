package legible.infer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import legible.op.Add;
import legible.tensor.Tensor;

/// Which buffer each value of a computation lives in: one that no value occupies which is still
/// needed. A chain of layers takes two buffers in turn, residual blocks take three. A sum takes the
/// place of one of its addends; a convolution to which something is added that nobody needs later takes
/// the place of that, so that the sum is done where the convolution ends and no third map is written.
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
        Optional<float[]> before = keep ? Optional.empty() : replaced(lines, now, live, lastUse);
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

  /// The value whose place the output of a line may take, since the line itself or the sum behind it is
  /// the last to need it.
  private static Optional<float[]> replaced(
      List<FoldedLine> lines,
      int index,
      List<float[]> live,
      IdentityHashMap<float[], Integer> lastUse) {
    FoldedLine line = lines.get(index);
    if (line.op() instanceof Add) {
      return live.reversed().stream()
          .filter(value -> lastUse.getOrDefault(value, -1) == index)
          .findFirst();
    }
    int next = index + 1;
    if (next == lines.size() || lastUse.getOrDefault(line.out().data(), -1) != next) {
      return Optional.empty();
    }
    return line.addend(lines.get(next))
        .map(Tensor::data)
        .filter(value -> lastUse.get(value) == next);
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
