package legible.kernel.loops;

/// The single-threaded loops behind [legible.kernel.Updates]; each twin implements them.
public interface UpdateLoops {}
