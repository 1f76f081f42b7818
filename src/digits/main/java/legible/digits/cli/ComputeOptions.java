package legible.digits.cli;

import java.util.Locale;
import legible.kernel.FusedMultiplyAdd;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What computes: options of every command that runs a network. They change the speed, not the
/// answer.
final class ComputeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute; the default is one for each processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--kernels",
      paramLabel = "SET",
      description =
          "The kernels: scalar or vector. The default is vector where the JVM has its module.")
  private String set;

  /// One thread, where there is less to compute than threads cost to start.
  void single() {
    threads = 1;
  }

  /// The kernels asked for; to be closed by the caller.
  Kernels create() {
    if (threads < 1 || threads > 1024) {
      throw new ParameterException(
          spec.commandLine(), "--threads: a number in 1..1024 expected, got " + threads);
    }
    if (!FusedMultiplyAdd.inHardware()) {
      System.err.println(
          "legible: this CPU (or JVM) has no fused multiply-add: the answers are the same, but"
              + " will take very long");
    }
    if (set == null) {
      return Kernels.best(threads);
    }
    return switch (set.toLowerCase(Locale.ROOT)) {
      case "scalar" -> Kernels.create(KernelSet.SCALAR, threads);
      case "vector" -> vector();
      default ->
          throw new ParameterException(
              spec.commandLine(), "--kernels: scalar or vector expected, got " + set);
    };
  }

  private Kernels vector() {
    try {
      return Kernels.create(KernelSet.VECTOR, threads);
    } catch (IllegalStateException e) {
      throw new ParameterException(spec.commandLine(), "--kernels: " + e.getMessage(), e);
    }
  }
}
