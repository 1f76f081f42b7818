package legible.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import legible.autograd.Gradients;
import legible.autograd.Parameter;
import legible.autograd.Weights;
import legible.kernel.Elementwise;
import legible.kernel.Kernels;
import legible.tensor.Tensor;

/// What an optimizer remembers from step to step: for each slot one tensor per trained parameter.
public final class OptimizerState {
  private final Optimizer optimizer;
  private final Map<String, Weights> slots;

  /// A state restored from elsewhere.
  ///
  /// @param slots by the names of [Optimizer#slots], over the trained parameters
  public OptimizerState(Optimizer optimizer, Map<String, Weights> slots) {
    this.optimizer = optimizer;
    this.slots = new LinkedHashMap<>(slots);
  }

  /// The state before the first step: zeros.
  public static OptimizerState create(Optimizer optimizer, Weights weights) {
    Weights trained = new Weights(weights.trained());
    Map<String, Weights> slots = new LinkedHashMap<>();
    for (String slot : optimizer.slots()) {
      slots.put(slot, trained.map(p -> Tensor.zeros(p.value().shape())));
    }
    return new OptimizerState(optimizer, slots);
  }

  /// The remembered tensors by slot.
  public Map<String, Weights> slots() {
    return slots;
  }

  /// Changes every parameter that has a gradient.
  ///
  /// @param step 1-based count of updates, this one included
  /// @param maxNorm if > 0, gradients are scaled down so that their joint Euclidean norm is at most
  ///     this (Pascanu, Mikolov & Bengio 2013, algorithm 1)
  public void step(
      Kernels kernels,
      long step,
      double learningRate,
      double maxNorm,
      Weights weights,
      Gradients gradients) {
    step(kernels, step, parameter -> learningRate, maxNorm, weights, gradients);
  }

  /// The same with a learning rate for each parameter.
  void step(
      Kernels kernels,
      long step,
      ToDoubleFunction<Parameter> learningRate,
      double maxNorm,
      Weights weights,
      Gradients gradients) {
    List<Parameter> parameters =
        weights.trained().stream().filter(p -> gradients.has(p.value())).toList();
    float scale = maxNorm > 0 ? clip(kernels.elementwise(), maxNorm, parameters, gradients) : 1f;
    for (Parameter parameter : parameters) {
      List<float[]> remembered =
          slots.values().stream().map(w -> w.get(parameter.name()).value().data()).toList();
      float[] gradient = gradients.of(parameter.value()).data();
      double rate = learningRate.applyAsDouble(parameter);
      optimizer.update(kernels.updates(), step, rate, scale, parameter, gradient, remembered);
    }
  }

  private static float clip(
      Elementwise elementwise, double maxNorm, List<Parameter> parameters, Gradients gradients) {
    double squares = 0;
    for (Parameter parameter : parameters) {
      Tensor gradient = gradients.of(parameter.value());
      squares += elementwise.sumOfSquares(gradient.size(), gradient.data());
    }
    double norm = StrictMath.sqrt(squares);
    return norm > maxNorm ? (float) (maxNorm / norm) : 1f;
  }
}
