package legible.kernel.scalar;

import legible.kernel.loops.GemmLoops;

/// [GemmLoops] in plain Java.
final class ScalarGemm implements GemmLoops {}
