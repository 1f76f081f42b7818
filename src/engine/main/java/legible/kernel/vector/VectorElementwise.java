package legible.kernel.vector;

import legible.kernel.loops.ElementwiseLoops;

/// [ElementwiseLoops] on `jdk.incubator.vector`.
final class VectorElementwise implements ElementwiseLoops {}
