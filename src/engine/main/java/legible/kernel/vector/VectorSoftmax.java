package legible.kernel.vector;

import legible.kernel.loops.SoftmaxLoops;

/// [SoftmaxLoops] on `jdk.incubator.vector`.
final class VectorSoftmax implements SoftmaxLoops {}
