package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Elementwise]; each twin implements them.
public interface ElementwiseLoops {}
