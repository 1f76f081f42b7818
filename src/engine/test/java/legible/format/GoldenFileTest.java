package legible.format;

import static legible.format.ModelFileTest.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/// Files that were written by version 1 and are never written anew: every later engine has to read
/// them. Should one of the constants have to change, the format has changed, and the version with
/// it.
class GoldenFileTest {
  private static final String MODEL_SHA256 =
      "26b5fc4a1b2a2e4f128decad39e8c516423815d089528c5df586c3541b7d66b4";
  private static final String WEIGHTS_SHA256 =
      "7097737031b73e08a65872fee45271b7dd24c550a02917a975e05fcc80b9793f";
  private static final String CHECKPOINT_SHA256 =
      "fbe0050e61ad88d9a7644fec9634058d35a77e5d8f7d3e32028e58458da5cf11";

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = GoldenFileTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void theModelOfVersion1IsRead() throws IOException {
    byte[] bytes = resource("version1.legible");
    assertEquals(MODEL_SHA256, Sha256.hex(Sha256.of(bytes, 0, bytes.length)));
    ModelFile model = ModelFile.decode("version1.legible", bytes);
    assertEquals(Samples.architecture(), model.architecture());
    assertEquals(Samples.metadata(), model.metadata());
    assertEquals(WEIGHTS_SHA256, model.weightsSha256());
    assertEquals(MODEL_SHA256, model.sha256());
    assertSameBits(Samples.model().weights(), model.weights());
  }

  @Test
  void theCheckpointOfVersion1IsRead() throws IOException {
    byte[] bytes = resource("version1.checkpoint");
    assertEquals(CHECKPOINT_SHA256, Sha256.hex(Sha256.of(bytes, 0, bytes.length)));
    Checkpoint checkpoint = Checkpoint.decode("version1.checkpoint", bytes);
    assertEquals(Samples.plan(), checkpoint.plan());
    assertEquals(
        Samples.checkpoint(Samples.plan()).state().history(), checkpoint.state().history());
    assertArrayEquals(bytes, checkpoint.encode());
  }

  @Test
  void whatIsWrittenTodayIsStillVersion1() throws IOException {
    assertArrayEquals(resource("version1.legible"), Samples.model().encode());
    assertArrayEquals(resource("version1.checkpoint"), Samples.checkpoint(Samples.plan()).encode());
  }
}
