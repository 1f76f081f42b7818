package legible.digits.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// The plane in which points of many dimensions differ most.
///
/// ```
///  X      the points as rows, their mean subtracted              [N,D]
///  C    = XᵀX/(N-1)      C·v = λ·v      |v| = 1                  [D,D]
///  or, where D > N, the same v from the smaller matrix
///  G    = XXᵀ/(N-1)      G·u = λ·u      v = Xᵀu/|Xᵀu|            [N,N]
///  point = X·(v₁, v₂) of the two largest λ
/// ```
///
/// An eigenvector's sign is anybody's choice; here its coordinate of the largest magnitude, the first
/// among equals, is positive.
///
/// Source: Pearson 1901, "On lines and planes of closest fit to systems of points in space".
///
/// @param points `[N][2]`
/// @param shares of the variance along each axis, in [0, 1]; 0 where the points do not differ
record PrincipalComponents(double[][] points, double[] shares) {
  private static final int AXES = 2;

  /// Coordinates that differ by less of their size than this do so by rounding of the mean.
  private static final double ROUNDING = 1e-12;

  /// Projects points onto their own plane.
  ///
  /// @param rows `[N][D]`, at least one
  static PrincipalComponents of(float[][] rows) {
    DMatrixRMaj x = centred(rows);
    boolean wide = x.numCols > x.numRows;
    DMatrixRMaj products = new DMatrixRMaj(1, 1);
    if (wide) {
      CommonOps_DDRM.multTransB(x, x, products);
    } else {
      CommonOps_DDRM.multTransA(x, x, products);
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(products.numRows, true, true);
    if (!eigen.decompose(products)) {
      throw new IllegalArgumentException("PrincipalComponents: finite coordinates expected");
    }
    List<Integer> largest =
        IntStream.range(0, eigen.getNumberOfEigenvalues())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .limit(AXES)
            .toList();
    double total = 0;
    for (int i = 0; i < products.numRows; i++) {
      total += products.get(i, i);
    }
    double[][] points = new double[rows.length][AXES];
    double[] shares = new double[AXES];
    for (int axis = 0; axis < largest.size(); axis++) {
      double variance = Math.max(0, eigen.getEigenvalue(largest.get(axis)).getReal());
      shares[axis] = total > 0 ? variance / total : 0;
      DMatrixRMaj vector = eigen.getEigenVector(largest.get(axis));
      double[] direction = direction(wide ? transposeTimes(x, vector) : vector);
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < direction.length; j++) {
          points[i][axis] += x.get(i, j) * direction[j];
        }
      }
    }
    return new PrincipalComponents(points, shares);
  }

  private static DMatrixRMaj centred(float[][] rows) {
    DMatrixRMaj x = new DMatrixRMaj(rows.length, rows[0].length);
    for (int j = 0; j < x.numCols; j++) {
      double mean = 0;
      for (float[] row : rows) {
        mean += row[j] / (double) rows.length;
      }
      for (int i = 0; i < x.numRows; i++) {
        double difference = rows[i][j] - mean;
        x.set(i, j, Math.abs(difference) > ROUNDING * Math.abs(mean) ? difference : 0);
      }
    }
    return x;
  }

  private static DMatrixRMaj transposeTimes(DMatrixRMaj x, DMatrixRMaj u) {
    DMatrixRMaj v = new DMatrixRMaj(1, 1);
    CommonOps_DDRM.multTransA(x, u, v);
    return v;
  }

  /// The unit vector with the sign of the convention; zeros stay zeros.
  private static double[] direction(DMatrixRMaj vector) {
    double[] v = new double[vector.numRows];
    double squares = 0;
    int largest = 0;
    for (int i = 0; i < v.length; i++) {
      v[i] = vector.get(i, 0);
      squares += v[i] * v[i];
      largest = Math.abs(v[i]) > Math.abs(v[largest]) ? i : largest;
    }
    double factor = squares > 0 ? Math.copySign(1 / Math.sqrt(squares), v[largest]) : 0;
    for (int i = 0; i < v.length; i++) {
      v[i] *= factor;
    }
    return v;
  }
}
