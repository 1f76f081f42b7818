package legible.bench.peers;

import java.io.IOException;
import java.nio.file.Path;
import legible.bench.protocol.Engine;
import legible.bench.protocol.Server;

/// The side of the other JVM engines in `bench/compare/compare.py`.
public final class PeerWorker {
  private PeerWorker() {}

  /// Serves requests with one engine.
  ///
  /// @param arguments the engine's name, and the folder of the ONNX files
  public static void main(String[] arguments) throws IOException {
    Server.serve(engine(arguments[0], Path.of(arguments[1])));
  }

  /// The version in the name of the jar that a class comes from: `1.0` of `name-1.0.jar`.
  static String jarVersion(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceFirst(".*/[a-z0-9-]*?-([0-9][^/]*)\\.jar", "$1");
  }

  private static Engine engine(String name, Path folder) {
    return switch (name) {
      case "onnxruntime" -> new OnnxRuntimePeer(folder);
      case "deeplearning4j" -> new Deeplearning4jPeer();
      case "djl" -> new DjlPeer(folder);
      case "deepnetts" -> new DeepNettsPeer();
      case "ejml" -> new EjmlPeer();
      case "loop-ikj" -> new LoopPeer(true);
      case "loop-ijk" -> new LoopPeer(false);
      default -> throw new IllegalArgumentException("PeerWorker: unknown engine " + name);
    };
  }
}
