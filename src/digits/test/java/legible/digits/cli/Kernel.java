package legible.digits.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The kernels that have to give the same bits: plain loops, and vectors of each width. A JVM takes the
/// next narrower width where the CPU has not this one.
enum Kernel {
  SCALAR(0),
  BITS_128(128),
  BITS_256(256),
  BITS_512(512);

  private final int bits;

  Kernel(int bits) {
    this.bits = bits;
  }

  /// Runs `legible` in a JVM with these kernels.
  Cli run(Object... arguments) throws IOException, InterruptedException {
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--kernels", bits == 0 ? "scalar" : "vector"));
    return Cli.runWith(
        bits == 0 ? List.of() : List.of("-XX:MaxVectorSize=" + bits / Byte.SIZE), all.toArray());
  }

  /// The width that this one really has here; 0 for plain loops.
  int width() throws IOException, InterruptedException {
    Map<String, Object> json = run("info", "--json").json();
    assertEquals(bits == 0 ? "scalar" : "vector", json.get("kernels"));
    return bits == 0 ? 0 : ((Double) json.get("vectorBits")).intValue();
  }

  /// The width asked for, 0 for plain loops.
  int bits() {
    return bits;
  }
}
