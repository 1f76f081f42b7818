package legible.kernel.scalar;

import legible.kernel.loops.ElementwiseLoops;

/// [ElementwiseLoops] in plain Java.
final class ScalarElementwise implements ElementwiseLoops {}
