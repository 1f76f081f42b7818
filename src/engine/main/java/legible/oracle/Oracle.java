package legible.oracle;

import java.util.List;

/// The definition of an operation in double precision: plain loops straight from its formula, never
/// tuned.
@FunctionalInterface
public interface Oracle {
  DoubleTensor forward(List<DoubleTensor> in);
}
