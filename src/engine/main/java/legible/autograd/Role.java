package legible.autograd;

/// What a named tensor of a model is for. Optimizers decide by it; the model file stores it.
public enum Role {
  /// Factors of products: trained, and shrunk by weight decay.
  WEIGHT,
  /// Added to sums: trained, not shrunk.
  BIAS,
  /// The γ of a normalisation: trained, not shrunk.
  SCALE,
  /// Measured, not trained: the running mean and variance of batch normalisation.
  STATISTIC
}
