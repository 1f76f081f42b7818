package legible.train;

/// What one epoch measured; the same for equal runs.
///
/// @param epoch 1-based
/// @param learningRate of the epoch's last step
/// @param trainLoss mean over the epoch's batches as they came (augmented, smoothed labels), nats
/// @param trainAccuracy over the same batches, in [0, 1]
/// @param validationLoss mean cross-entropy without smoothing, nats; NaN without validation data
/// @param validationAccuracy in [0, 1]; NaN without validation data
public record EpochRecord(
    int epoch,
    double learningRate,
    double trainLoss,
    double trainAccuracy,
    double validationLoss,
    double validationAccuracy) {}
