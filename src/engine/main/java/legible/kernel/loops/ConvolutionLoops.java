package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Convolution]; each twin implements them.
public interface ConvolutionLoops {}
