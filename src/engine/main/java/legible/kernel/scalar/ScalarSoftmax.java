package legible.kernel.scalar;

import legible.kernel.loops.SoftmaxLoops;

/// [SoftmaxLoops] in plain Java.
final class ScalarSoftmax implements SoftmaxLoops {}
