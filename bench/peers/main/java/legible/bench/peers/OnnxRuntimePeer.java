package legible.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import legible.bench.protocol.Engine;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;

/// ONNX Runtime's own binding for Java.
///
/// @param folder where `cnn.onnx` and `keras-example.onnx` are
record OnnxRuntimePeer(Path folder) implements Engine {
  private static final int PIXELS = 28 * 28;

  @Override
  public String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  @Override
  public Optional<Job> prepare(Message work) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(work.integer("threads"));
    options.setInterOpNumThreads(1);
    String file = folder.resolve(work.text("network") + ".onnx").toString();
    OrtSession session = environment.createSession(file, options);
    int batch = work.integer("batch");
    FloatBuffer pictures = FloatBuffer.wrap(Numbers.pictures(batch * PIXELS));
    OnnxTensor tensor =
        OnnxTensor.createTensor(environment, pictures, new long[] {batch, 1, 28, 28});
    float[][] logits = logits(session, tensor);
    return Optional.of(
        new CheckedJob(() -> logits(session, tensor), Numbers.rootMeanSquare(logits)));
  }

  private static float[][] logits(OrtSession session, OnnxTensor pictures) throws OrtException {
    try (OrtSession.Result result = session.run(Map.of("pictures", pictures))) {
      return (float[][]) result.get(0).getValue();
    }
  }
}
