package legible.kernel.scalar;

import legible.kernel.loops.PoolingLoops;

/// [PoolingLoops] in plain Java.
final class ScalarPooling implements PoolingLoops {}
