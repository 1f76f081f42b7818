package legible.kernel.vector;

import legible.kernel.loops.PoolingLoops;

/// [PoolingLoops] on `jdk.incubator.vector`.
final class VectorPooling implements PoolingLoops {}
