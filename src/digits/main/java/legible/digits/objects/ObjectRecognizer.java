package legible.digits.objects;

import java.io.IOException;
import legible.digits.Answer;
import legible.digits.finetune.ClassNames;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.format.ModelFile;
import legible.infer.Predictor;
import legible.kernel.Kernels;
import legible.tensor.Shape;

/// Tells what is in colour pictures, by a model that prepares them as for [ImageNet].
public final class ObjectRecognizer implements AutoCloseable {
  private final Shape input;
  private final ClassNames classes;
  private final Predictor predictor;

  /// @param source the model's name, for messages
  /// @throws IOException if the model does not take square colour pictures or names its classes
  public ObjectRecognizer(String source, ModelFile model, Kernels kernels) throws IOException {
    input = model.architecture().input();
    boolean square =
        input.rank() == 3
            && input.dimension(0) == input.dimension(1)
            && input.dimension(2) == ImageNet.COLOURS;
    classes = ClassNames.of(model).orElse(null);
    if (!square || classes == null) {
      throw new IOException(
          "%s: a model of square colour pictures with a name for each class expected, got one from %s"
              .formatted(source, input));
    }
    predictor =
        Predictor.create(
            model.architecture(), model.weights(), kernels.set(), kernels.parallel().threads());
  }

  /// Whether a model says that its pictures are prepared so.
  public static boolean reads(ModelFile model) {
    return ImageNet.NAME.equals(model.metadata().get(ImageNet.PREPARATION));
  }

  /// The names of what it tells apart.
  public ClassNames classes() {
    return classes;
  }

  /// Decodes a picture and looks at it.
  ///
  /// @param source a name for messages
  /// @param picture the bytes of a PNG, JPEG, BMP, GIF or TIFF file
  /// @throws ImageFormatException if it is no picture that can be read
  public Answer read(String source, byte[] picture) throws ImageFormatException {
    float[] values = ImageNet.prepare(ImageFile.decodeColour(source, picture), input.dimension(0));
    float[] logits = predictor.logits(values, 1);
    return new Answer(logits, predictor.softmax(logits, 1));
  }

  /// Ends the threads.
  @Override
  public void close() {
    predictor.close();
  }
}
