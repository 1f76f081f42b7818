package legible.oracle;

import legible.op.Add;
import legible.op.AveragePool2d;
import legible.op.BatchNorm;
import legible.op.Conv2d;
import legible.op.CtcLoss;
import legible.op.Dense;
import legible.op.Dropout;
import legible.op.FixedBatchNorm;
import legible.op.GlobalAveragePool;
import legible.op.MaxPool2d;
import legible.op.MeanSquaredError;
import legible.op.Op;
import legible.op.Relu;
import legible.op.Reshape;
import legible.op.SoftmaxCrossEntropy;

/// What an operation is in double precision, and how far its float output may be from that.
///
/// @param forward the output
/// @param bound the largest `|float - double|` allowed, for each element of the output
public record Definition(Oracle forward, Oracle bound) {
  /// The definition of an operation. The compiler misses a case here when an operation is added
  /// without an oracle.
  public static Definition of(Op<?> op) {
    return switch (op) {
      case Add o -> new Definition(in -> AddOracle.forward(o, in), in -> AddOracle.bound(o, in));
      case AveragePool2d o ->
          new Definition(
              in -> AveragePool2dOracle.forward(o, in), in -> AveragePool2dOracle.bound(o, in));
      case BatchNorm o ->
          new Definition(in -> BatchNormOracle.forward(o, in), in -> BatchNormOracle.bound(o, in));
      case Conv2d o ->
          new Definition(in -> Conv2dOracle.forward(o, in), in -> Conv2dOracle.bound(o, in));
      case CtcLoss o ->
          new Definition(in -> CtcLossOracle.forward(o, in), in -> CtcLossOracle.bound(o, in));
      case Dense o ->
          new Definition(in -> DenseOracle.forward(o, in), in -> DenseOracle.bound(o, in));
      case Dropout o ->
          new Definition(in -> DropoutOracle.forward(o, in), in -> DropoutOracle.bound(o, in));
      case FixedBatchNorm o ->
          new Definition(
              in -> FixedBatchNormOracle.forward(o, in), in -> FixedBatchNormOracle.bound(o, in));
      case GlobalAveragePool _ ->
          new Definition(GlobalAveragePoolOracle::forward, GlobalAveragePoolOracle::bound);
      case MaxPool2d o ->
          new Definition(in -> MaxPool2dOracle.forward(o, in), in -> MaxPool2dOracle.bound(o, in));
      case MeanSquaredError _ ->
          new Definition(MeanSquaredErrorOracle::forward, MeanSquaredErrorOracle::bound);
      case Relu _ -> new Definition(ReluOracle::forward, ReluOracle::bound);
      case Reshape o ->
          new Definition(in -> ReshapeOracle.forward(o, in), in -> ReshapeOracle.bound(o, in));
      case SoftmaxCrossEntropy o ->
          new Definition(
              in -> SoftmaxCrossEntropyOracle.forward(o, in),
              in -> SoftmaxCrossEntropyOracle.bound(o, in));
    };
  }
}
