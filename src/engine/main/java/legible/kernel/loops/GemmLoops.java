package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Gemm]; each twin implements them.
public interface GemmLoops {}
