package legible.kernel.vector;

import legible.kernel.loops.NormalizationLoops;

/// [NormalizationLoops] on `jdk.incubator.vector`.
final class VectorNormalization implements NormalizationLoops {}
