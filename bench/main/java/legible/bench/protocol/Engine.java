package legible.bench.protocol;

import java.util.Optional;

/// What runs work: our own engine or a peer of it.
public interface Engine {
  /// The engine's version and what it computes with, for the report.
  String version() throws Exception;

  /// Builds what a piece of work needs, with the numbers of [Numbers]; empty if this engine has no
  /// such work.
  ///
  /// @param work one of the works of `bench/compare/works.py`
  Optional<Job> prepare(Message work) throws Exception;
}
