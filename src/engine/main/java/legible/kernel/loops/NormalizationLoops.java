package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Normalization]; each twin implements them.
public interface NormalizationLoops {}
