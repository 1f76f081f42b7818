package legible.train;

import java.util.Arrays;
import legible.autograd.Tape;
import legible.op.CtcLoss;
import legible.op.Reshape;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// A text for each sample, whose places in the picture nobody tells: [CtcLoss] over the network's
/// frames. Logits are `[N,...,K]`, with as many frames as the axes between give.
///
/// @param blank the class that stands for no label
public record Transcription(int blank) implements Objective {
  /// Samples whose texts are known.
  public interface Texts extends Dataset {
    /// The labels of a sample as it looks in this epoch, in reading order.
    int[] text(int index, int epoch);
  }

  @Override
  public Loss of(
      Tape tape,
      Workspace workspace,
      Tensor logits,
      Dataset data,
      int[] order,
      int from,
      int to,
      int epoch) {
    if (!(data instanceof Texts texts)) {
      throw new IllegalArgumentException("Transcription: samples with texts expected");
    }
    int[][] labels = new int[to - from][];
    Arrays.setAll(labels, i -> texts.text(order[from + i], epoch));
    int classes = logits.shape().dimension(-1);
    int frames = logits.size() / classes / (to - from);
    Tensor z = tape.apply(new Reshape(Shape.of(frames, classes)), logits).y();
    Tensor loss = tape.apply(new CtcLoss(blank), z, tensor(labels, workspace)).y();
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      correct += Arrays.equals(labels[i], bestPath(z.data(), i, frames, classes)) ? 1 : 0;
    }
    return new Loss(loss, correct);
  }

  private static Tensor tensor(int[][] labels, Workspace workspace) {
    int most = Arrays.stream(labels).mapToInt(l -> l.length).max().orElse(0);
    Tensor tensor = workspace.tensor(Shape.of(labels.length, Math.max(1, most)));
    Arrays.fill(tensor.data(), 0, tensor.size(), -1f);
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < labels[i].length; j++) {
        tensor.data()[i * tensor.shape().dimension(1) + j] = labels[i][j];
      }
    }
    return tensor;
  }

  /// The labels along the most probable class of each frame.
  ///
  /// @param logits `[N,frames,classes]`
  public int[] bestPath(float[] logits, int sample, int frames, int classes) {
    int[] text = new int[frames];
    int length = 0;
    int before = blank;
    for (int t = 0; t < frames; t++) {
      int best = Evaluation.argMax(logits, (sample * frames + t) * classes, classes);
      if (best != before && best != blank) {
        text[length++] = best;
      }
      before = best;
    }
    return Arrays.copyOf(text, length);
  }
}
