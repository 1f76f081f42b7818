package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Pooling]; each twin implements them.
public interface PoolingLoops {}
