package legible.kernel.vector;

import legible.kernel.loops.UpdateLoops;

/// [UpdateLoops] on `jdk.incubator.vector`.
final class VectorUpdate implements UpdateLoops {}
