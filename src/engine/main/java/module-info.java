/// The Legible engine: tensors, automatic differentiation, layers, training and the model format.
///
/// It depends on the JDK only. The incubating vector module is optional: without it the scalar twin
/// of every kernel computes the same bits.
module legible.engine {
  requires static jdk.incubator.vector;

  exports legible.audit;
  exports legible.autograd;
  exports legible.format;
  exports legible.infer;
  exports legible.kernel;
  exports legible.model;
  exports legible.nn;
  exports legible.op;
  exports legible.oracle;
  exports legible.random;
  exports legible.tensor;
  exports legible.train;
}
