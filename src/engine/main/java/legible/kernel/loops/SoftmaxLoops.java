package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Softmax]; each twin implements them.
public interface SoftmaxLoops {}
