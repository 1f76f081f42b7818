package legible.bench.peers;

import java.util.Optional;
import legible.bench.protocol.Engine;
import legible.bench.protocol.Job;
import legible.bench.protocol.Message;
import legible.bench.protocol.Numbers;
import org.ejml.EjmlVersion;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/// EJML's dense float matrices.
final class EjmlPeer implements Engine {
  @Override
  public String version() {
    return EjmlVersion.VERSION;
  }

  @Override
  public Optional<Job> prepare(Message work) {
    int n = work.integer("size");
    int threads = work.integer("threads");
    EjmlConcurrency.setMaxThreads(threads);
    FMatrixRMaj a = new FMatrixRMaj(n, n, true, Numbers.numbers(n * n, 0));
    FMatrixRMaj b = new FMatrixRMaj(n, n, true, Numbers.numbers(n * n, 1));
    FMatrixRMaj c = new FMatrixRMaj(n, n);
    CheckedJob.Action product =
        threads > 1 ? () -> CommonOps_MT_FDRM.mult(a, b, c) : () -> CommonOps_FDRM.mult(a, b, c);
    CommonOps_FDRM.mult(a, b, c);
    return Optional.of(new CheckedJob(product, Numbers.rootMeanSquare(c.data)));
  }
}
