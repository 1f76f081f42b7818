package legible.kernel;

/// The two twins of every kernel. They give the same bits; they differ in speed only.
public enum KernelSet {
  /// Plain Java loops: the specification, and the choice where the vector module is absent.
  SCALAR,
  /// The same loops on `jdk.incubator.vector`.
  VECTOR
}
