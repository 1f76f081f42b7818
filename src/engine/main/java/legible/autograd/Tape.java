package legible.autograd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import legible.op.Op;
import legible.random.CounterRandom;
import legible.tensor.Tensor;
import legible.tensor.Workspace;

/// Reverse-mode automatic differentiation: operations are written down as they run, and [#backward]
/// reads the list from its end (Linnainmaa 1970; Griewank & Walther 2008, section 3.2).
///
/// Only operations that depend on a trainable parameter, or on a tensor that is watched, are written
/// down. A tape serves one step: build it, walk forward, go back, close it.
///
/// ```java
/// try (Tape tape = new Tape(workspace, weights, trainable, random)) {
///   Tensor logits = model.forward(tape, images);
///   Tensor loss = tape.apply(new SoftmaxCrossEntropy(0f), logits, targets).y();
///   optimizer.step(tape.backward(loss));
/// }
/// ```
public final class Tape implements Pass, AutoCloseable {
  private final Workspace workspace;
  private final Weights weights;
  private final Predicate<Parameter> trainable;
  private final CounterRandom random;
  private final List<Entry<?>> entries = new ArrayList<>();
  private final IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
  private final Set<Tensor> tracked = Collections.newSetFromMap(new IdentityHashMap<>());

  /// Inputs of the entries. The way back reads them even if they need no gradient themselves, as
  /// what frozen layers hand to the first trainable one.
  private final Set<Tensor> kept = Collections.newSetFromMap(new IdentityHashMap<>());

  private long keys;

  /// An empty tape.
  ///
  /// @param workspace kernels and memory
  /// @param weights the model's parameters
  /// @param trainable which trained parameters shall receive a gradient; frozen ones do not
  /// @param random the stream for this step's random draws
  public Tape(
      Workspace workspace, Weights weights, Predicate<Parameter> trainable, CounterRandom random) {
    this.workspace = workspace;
    this.weights = weights;
    this.trainable = trainable;
    this.random = random;
  }

  @Override
  public Workspace workspace() {
    return workspace;
  }

  @Override
  public Tensor parameter(String name) {
    Parameter parameter = weights.get(name);
    if (parameter.isTrained() && trainable.test(parameter)) {
      tracked.add(parameter.value());
    }
    return parameter.value();
  }

  /// Asks for the gradient with respect to a tensor that is no parameter, such as an image.
  public void watch(Tensor tensor) {
    tracked.add(tensor);
  }

  /// Whether [#backward] will compute a gradient for this tensor.
  public boolean tracks(Tensor tensor) {
    return tracked.contains(tensor);
  }

  /// A fresh random key, the next of this step.
  public long nextKey() {
    return random.bits(keys++);
  }

  @Override
  public <S extends Record> Op.Forward<S> apply(Op<S> op, Tensor... in) {
    List<Tensor> inputs = List.of(in);
    Op.Forward<S> forward = op.forward(workspace, inputs);
    if (inputs.stream().anyMatch(tracked::contains)) {
      tracked.add(forward.y());
      kept.addAll(inputs);
      entries.add(new Entry<>(op, inputs, forward));
    }
    return forward;
  }

  @Override
  public void done(Tensor x) {
    if (!tracked.contains(x) && !kept.contains(x)) {
      workspace.release(x);
    }
  }

  /// Computes the gradients of a scalar with respect to the parameters and watched tensors.
  ///
  /// The outputs of operations other than the loss are released on the way: afterwards only the
  /// loss, the gradients and tensors from outside may be read.
  ///
  /// @param loss a scalar that this tape computed from a tracked tensor
  /// @throws IllegalArgumentException if the loss is no scalar or depends on nothing tracked
  public Gradients backward(Tensor loss) {
    if (loss.size() != 1 || !tracked.contains(loss)) {
      throw new IllegalArgumentException(
          "Tape.backward: a scalar computed from trainable parameters expected, got " + loss);
    }
    gradientOf(loss).data()[0] = 1f;
    return backFrom(loss);
  }

  /// Computes the gradients of `Σᵢ y[i]·dy[i]`, otherwise as [#backward(Tensor)].
  ///
  /// @param y what this tape computed from a tracked tensor
  /// @param dy the factor of each of its elements, not modified
  /// @throws IllegalArgumentException if y depends on nothing tracked or dy has another shape
  public Gradients backward(Tensor y, Tensor dy) {
    if (!tracked.contains(y) || !y.shape().equals(dy.shape())) {
      throw new IllegalArgumentException(
          "Tape.backward: a tracked tensor and a gradient of its shape expected, got %s and %s"
              .formatted(y, dy));
    }
    System.arraycopy(dy.data(), 0, gradientOf(y).data(), 0, dy.size());
    return backFrom(y);
  }

  private Gradients backFrom(Tensor y) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      back(entries.get(i), y);
    }
    entries.clear();
    return new Gradients(gradients);
  }

  private <S extends Record> void back(Entry<S> entry, Tensor loss) {
    Tensor y = entry.forward().y();
    Tensor dy = gradients.remove(y);
    if (dy != null) {
      entry.op().backward(workspace, entry.in(), entry.forward(), dy, new Sink(entry.in()));
      workspace.release(dy);
    }
    if (y != loss) {
      workspace.release(y);
    }
  }

  private Tensor gradientOf(Tensor tensor) {
    return gradients.computeIfAbsent(tensor, t -> workspace.zeros(t.shape()));
  }

  /// Returns all memory of this step; its tensors and gradients may not be used any more.
  @Override
  public void close() {
    workspace.releaseAll();
  }

  /// One line of the tape.
  private record Entry<S extends Record>(Op<S> op, List<Tensor> in, Op.Forward<S> forward) {}

  /// Where one operation adds its inputs' gradients.
  private final class Sink implements Op.Gradients {
    private final List<Tensor> in;

    Sink(List<Tensor> in) {
      this.in = in;
    }

    @Override
    public boolean wants(int input) {
      return tracked.contains(in.get(input));
    }

    @Override
    public Tensor of(int input) {
      return gradientOf(in.get(input));
    }
  }
}
