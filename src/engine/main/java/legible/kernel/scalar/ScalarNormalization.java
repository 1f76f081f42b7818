package legible.kernel.scalar;

import legible.kernel.loops.NormalizationLoops;

/// [NormalizationLoops] in plain Java.
final class ScalarNormalization implements NormalizationLoops {}
