package legible.digits.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legible.digits.Answer;
import legible.digits.Recognizer;
import legible.digits.decision.Calibration;
import legible.digits.image.ImageFile;
import legible.digits.image.ImageFormatException;
import legible.digits.numbers.NumberReader;
import legible.digits.photos.NumberAnswers;
import legible.digits.photos.Photo;
import legible.digits.photos.PhotoScore;
import legible.format.ModelFile;
import legible.kernel.Kernels;

/// `legible evaluate --photos`: the answers of a model on a folder of labelled photographs; those of
/// single digits for a model of digits, those of numbers for a reader.
final class PhotoEvaluation {
  private final ModelFile model;
  private final Kernels kernels;
  private final ProgressBar bar;

  PhotoEvaluation(ModelFile model, Kernels kernels, ProgressBar bar) {
    this.model = model;
    this.kernels = kernels;
    this.bar = bar;
  }

  /// @throws IOException if the folder has no pictures of the kind that the model reads
  PhotoView scores(Path folder) throws IOException {
    boolean reads = NumberReader.reads(model);
    List<Photo> photos = Photo.in(folder).stream().filter(p -> p.isSingle() != reads).toList();
    if (photos.isEmpty()) {
      throw new IOException(folder + ": pictures that this model reads expected, got none");
    }
    return new PhotoView(
        PhotoScore.byKind(reads ? numbers(photos) : digits(photos)),
        Calibration.of(model.metadata()));
  }

  private List<PhotoScore.Answer> digits(List<Photo> photos) throws IOException {
    List<PhotoScore.Answer> answers = new ArrayList<>();
    try (Recognizer recognizer = new Recognizer(model, kernels)) {
      for (Photo photo : photos) {
        byte[] bytes = ImageFile.bytes(photo.file());
        try {
          Answer answer = recognizer.read(photo.file().toString(), bytes).answer();
          String digit = Integer.toString(answer.digit());
          answers.add(new PhotoScore.Answer(photo, digit, answer.probability()));
        } catch (ImageFormatException e) {
          answers.add(new PhotoScore.Answer(photo, "", 0));
        }
        bar.images(answers.size(), photos.size());
      }
    }
    return answers;
  }

  private List<PhotoScore.Answer> numbers(List<Photo> photos) throws IOException {
    try (NumberReader reader = new NumberReader(model, kernels)) {
      return NumberAnswers.of(reader, photos, bar::images);
    }
  }
}
