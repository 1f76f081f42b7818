package legible.train;

import legible.tensor.Shape;

/// Labelled samples that a trainer or an evaluation reads by number.
///
/// Calls come from several threads at once. What [#read] writes is a function of its arguments
/// alone, so that a run gives the same bits whoever reads first.
public interface Dataset {
  /// The label of a training sample that belongs to none of the classes: its target is the same
  /// share for each of them, so that a network learns not to be sure of anything (outlier exposure,
  /// Hendrycks, Mazeika & Dietterich 2019). It always counts as read wrong.
  int NO_CLASS = -1;

  /// The number of samples.
  int size();

  /// The shape of one sample, such as `[28,28,1]`.
  Shape sample();

  /// The number of classes; labels are in `[0, classes)`.
  int classes();

  /// The class of a sample; in training it may be [#NO_CLASS].
  int label(int index);

  /// Writes one sample, as it looks in this epoch.
  ///
  /// @param index which sample, `0..size-1`
  /// @param epoch 0-based epoch, for augmentation
  /// @param worker which thread calls: the index of scratch memory that no other running call uses
  /// @param target receives `sample().size()` elements, row-major
  /// @param offset where in target
  void read(int index, int epoch, int worker, float[] target, int offset);
}
