package legible.kernel.scalar;

import legible.kernel.loops.UpdateLoops;

/// [UpdateLoops] in plain Java.
final class ScalarUpdate implements UpdateLoops {}
