package legible.bench.compare;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import legible.bench.protocol.Engine;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Server;
import legible.format.EngineVersion;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;

/// Our side of `bench/compare/compare.py`.
public final class Worker implements Engine {
  private final KernelSet set;

  private Worker(KernelSet set) {
    this.set = set;
  }

  /// Serves requests with one kernel set.
  ///
  /// @param arguments `vector` or `scalar`
  public static void main(String[] arguments) throws IOException {
    Server.serve(new Worker(KernelSet.valueOf(arguments[0].toUpperCase(Locale.ROOT))));
  }

  @Override
  public String version() {
    try (Kernels kernels = Kernels.create(set, 1)) {
      return "%s, Java %s, %s kernels%s"
          .formatted(
              EngineVersion.TEXT,
              Runtime.version(),
              set.name().toLowerCase(Locale.ROOT),
              kernels.vectorBits() == 0 ? "" : " of " + kernels.vectorBits() + " bits");
    }
  }

  @Override
  public Optional<Job> prepare(Message work) {
    String kind = work.text("kind");
    if (kind.equals("ceiling") && set == KernelSet.SCALAR) {
      return Optional.empty();
    }
    int threads = work.integer("threads");
    return switch (kind) {
      case "ceiling" -> Optional.of(new FmaCeiling(threads));
      case "gemm" -> Optional.of(new GemmJob(work, Kernels.create(set, threads)));
      case "convolution" -> Optional.of(new ConvolutionJob(work, Kernels.create(set, threads)));
      case "training", "residual-training" ->
          Optional.of(
              new TrainingJob(
                  work.text("network"), work.integer("batch"), Kernels.create(set, threads)));
      case "inference", "residual-inference" ->
          Optional.of(new InferenceJob(work.text("network"), work.integer("batch"), set, threads));
      default -> Optional.empty();
    };
  }
}
