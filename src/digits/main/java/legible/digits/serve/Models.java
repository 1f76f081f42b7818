package legible.digits.serve;

import java.util.Optional;
import legible.digits.Recognizer;
import legible.digits.decision.Calibration;
import legible.digits.numbers.NumberReader;
import legible.format.ModelFile;
import legible.kernel.KernelSet;
import legible.kernel.Kernels;

/// The models of a server, ready to be asked by any number of threads; each question is computed by the
/// thread that asks.
public final class Models implements AutoCloseable {
  private final Kernels kernels;
  private final ModelFile digitModel;
  private final Calibration calibration;
  private final Recognizer recognizer;
  private final Optional<ModelFile> readerModel;
  private final Optional<NumberReader> reader;
  private final Calibration readerCalibration;

  /// Makes them ready.
  ///
  /// @param digitModel reads one digit
  /// @param readerModel reads numbers; without it the server does not
  /// @throws IllegalArgumentException if one reads something else
  public Models(ModelFile digitModel, Optional<ModelFile> readerModel, KernelSet set) {
    this.kernels = Kernels.create(set, 1);
    this.digitModel = digitModel;
    this.calibration = Calibration.of(digitModel.metadata());
    this.recognizer = new Recognizer(digitModel, kernels);
    this.readerModel = readerModel;
    this.reader = readerModel.map(model -> new NumberReader(model, kernels));
    this.readerCalibration =
        readerModel.map(model -> Calibration.of(model.metadata())).orElse(Calibration.NONE);
  }

  ModelFile digitModel() {
    return digitModel;
  }

  Calibration calibration() {
    return calibration;
  }

  Recognizer recognizer() {
    return recognizer;
  }

  Optional<ModelFile> readerModel() {
    return readerModel;
  }

  Optional<NumberReader> reader() {
    return reader;
  }

  Calibration readerCalibration() {
    return readerCalibration;
  }

  @Override
  public void close() {
    reader.ifPresent(NumberReader::close);
    recognizer.close();
    kernels.close();
  }
}
