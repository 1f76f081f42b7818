package legible.train;

/// Told how a training goes on. Calls come from the training's own thread.
public interface TrainingListener {
  /// After each step.
  ///
  /// @param epoch 1-based epoch
  /// @param images samples of this epoch done so far
  /// @param total samples in an epoch
  /// @param loss mean training loss of this epoch so far, nats
  /// @param accuracy training accuracy of this epoch so far, in [0, 1]
  default void stepped(int epoch, int images, int total, double loss, double accuracy) {}

  /// After each epoch, when its weights are final.
  default void finished(EpochRecord epoch, TrainingState state) {}
}
