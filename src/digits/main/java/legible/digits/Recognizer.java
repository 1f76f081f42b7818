package legible.digits;

import java.util.List;
import legible.digits.decision.Calibration;
import legible.digits.image.DigitNormalizer;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.image.InputFrame;
import legible.digits.image.Step;
import legible.format.ModelFile;
import legible.infer.Predictor;
import legible.kernel.Kernels;

/// Reads one digit in a picture: the one way from the bytes of a file to an answer.
///
/// Any number of threads may ask at the same time.
public final class Recognizer implements AutoCloseable {
  private final Predictor predictor;
  private final Calibration calibration;
  private final InputFrame frame;
  private final int inputs;

  /// A reader with this model.
  ///
  /// @throws IllegalArgumentException if the model reads smaller pictures than 28 x 28, or its
  ///   calibration is no number
  public Recognizer(ModelFile model, Kernels kernels) {
    this.frame =
        new InputFrame(model.architecture().input(), DigitNormalizer.SIZE, DigitNormalizer.SIZE);
    this.inputs = model.architecture().input().size();
    this.calibration = Calibration.of(model.metadata());
    this.predictor =
        Predictor.create(
            model.architecture(), model.weights(), kernels.set(), kernels.parallel().threads());
  }

  /// Decodes a picture, reduces it and reads it.
  ///
  /// @param source a name for messages
  /// @param picture the bytes of a PNG, JPEG, BMP, GIF or TIFF file
  /// @throws ImageFormatException if it is no picture that can be read, or shows no ink
  public Reading read(String source, byte[] picture) throws ImageFormatException {
    return read(reduce(source, picture));
  }

  /// Decodes a picture and reduces it to what a network reads: all that needs no model.
  ///
  /// @param source a name for messages
  /// @param picture the bytes of a PNG, JPEG, BMP, GIF or TIFF file
  /// @throws ImageFormatException if it is no picture that can be read, or shows no ink
  public static List<Step> reduce(String source, byte[] picture) throws ImageFormatException {
    return DigitNormalizer.steps(source, ImageFile.decode(source, picture));
  }

  /// Reads a picture that is reduced.
  ///
  /// @param steps from [#reduce]
  public Reading read(List<Step> steps) {
    return new Reading(steps, answer(steps.getLast().result().values()));
  }

  /// The answer to pixels that are reduced already.
  ///
  /// @param pixels 784 values in [0, 1], ink bright
  public Answer answer(float[] pixels) {
    float[] logits = predictor.logits(framed(pixels), 1);
    return new Answer(logits, predictor.softmax(calibration.scale(logits), 1));
  }

  private float[] framed(float[] pixels) {
    if (frame.isExact()) {
      return pixels;
    }
    float[] framed = new float[inputs];
    frame.place(pixels, framed, 0);
    return framed;
  }

  /// Ends the threads.
  @Override
  public void close() {
    predictor.close();
  }
}
