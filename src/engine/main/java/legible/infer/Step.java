package legible.infer;

import java.util.OptionalInt;
import legible.kernel.Activation;
import legible.kernel.Kernels;
import legible.kernel.PackedFilters;
import legible.kernel.PackedMatrix;
import legible.kernel.Window;

/// One step of a [Program]: a kernel with its weights, from buffers to a buffer.
sealed interface Step {
  /// The step for a number of samples, ready to run again and again without allocating.
  ///
  /// @param buffers one array for each buffer of the program's memory plan
  Runnable bind(Kernels kernels, float[][] buffers, int samples);

  /// See [legible.op.Conv2d], and [legible.op.Add] where something is added to it.
  ///
  /// @param residual the buffer of what is added, or empty
  record Convolve(
      Window window,
      PackedFilters weight,
      float[] bias,
      OptionalInt residual,
      Activation activation,
      int from,
      int to)
      implements Step {
    /// The same with something added to the result, and an activation behind that.
    Convolve plus(int residual, Activation activation) {
      return new Convolve(window, weight, bias, OptionalInt.of(residual), activation, from, to);
    }

    @Override
    public Runnable bind(Kernels kernels, float[][] buffers, int samples) {
      Window batch = window.withBatch(samples);
      float[] x = buffers[from];
      float[] y = buffers[to];
      if (residual.isEmpty()) {
        return () -> kernels.convolution().forward(batch, weight, x, bias, activation, y);
      }
      float[] more = buffers[residual.getAsInt()];
      return () -> kernels.convolution().forward(batch, weight, x, bias, more, activation, y);
    }
  }

  /// See [legible.op.Dense].
  record Multiply(PackedMatrix weight, float[] bias, Activation activation, int from, int to)
      implements Step {
    @Override
    public Runnable bind(Kernels kernels, float[][] buffers, int samples) {
      float[] x = buffers[from];
      float[] y = buffers[to];
      return () -> kernels.gemm().dense(samples, weight, x, bias, activation, y);
    }
  }

  /// See [legible.op.MaxPool2d].
  record PoolMaximum(Window window, int from, int to) implements Step {
    @Override
    public Runnable bind(Kernels kernels, float[][] buffers, int samples) {
      Window batch = window.withBatch(samples);
      float[] x = buffers[from];
      float[] y = buffers[to];
      return () -> kernels.pooling().maxForward(batch, x, y);
    }
  }

  /// See [legible.op.AveragePool2d] and [legible.op.GlobalAveragePool].
  record PoolAverage(Window window, int from, int to) implements Step {
    @Override
    public Runnable bind(Kernels kernels, float[][] buffers, int samples) {
      Window batch = window.withBatch(samples);
      float[] x = buffers[from];
      float[] y = buffers[to];
      return () -> kernels.pooling().averageForward(batch, x, y);
    }
  }

  /// See [legible.op.Add].
  record Sum(int size, Activation activation, int left, int right, int to) implements Step {
    @Override
    public Runnable bind(Kernels kernels, float[][] buffers, int samples) {
      float[] a = buffers[left];
      float[] b = buffers[right];
      float[] y = buffers[to];
      return () -> kernels.elementwise().add(samples * size, a, b, activation, y);
    }
  }

  /// See [legible.op.Relu].
  record Rectify(int size, int from, int to) implements Step {
    @Override
    public Runnable bind(Kernels kernels, float[][] buffers, int samples) {
      float[] x = buffers[from];
      float[] y = buffers[to];
      return () -> kernels.elementwise().relu(samples * size, x, y);
    }
  }

  /// See [legible.op.FixedBatchNorm], where there is no convolution to fold it into.
  record Normalize(
      int size, float[] mean, float[] scale, float[] shift, Activation activation, int from, int to)
      implements Step {
    @Override
    public Runnable bind(Kernels kernels, float[][] buffers, int samples) {
      float[] x = buffers[from];
      float[] y = buffers[to];
      int channels = mean.length;
      int rows = samples * (size / channels);
      return () ->
          kernels.normalization().normalize(rows, channels, x, mean, scale, shift, activation, y);
    }
  }
}
