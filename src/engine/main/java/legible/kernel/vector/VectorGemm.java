package legible.kernel.vector;

import legible.kernel.loops.GemmLoops;

/// [GemmLoops] on `jdk.incubator.vector`.
final class VectorGemm implements GemmLoops {}
