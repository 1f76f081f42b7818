package legible.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import legible.oracle.ConvolutionSums;
import legible.oracle.ProductSums;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Values by hand, the double oracle, and equal bits of both twins on 1, 2 and 3 threads.
class ConvolutionTest {
  private static List<Kernels> variants;

  @BeforeAll
  static void open() {
    variants =
        List.of(
            Kernels.create(KernelSet.SCALAR, 1),
            Kernels.create(KernelSet.SCALAR, 3),
            Kernels.create(KernelSet.VECTOR, 1),
            Kernels.create(KernelSet.VECTOR, 2),
            Kernels.create(KernelSet.VECTOR, 3));
  }

  @AfterAll
  static void close() {
    variants.forEach(Kernels::close);
  }

  /// A convolution call: its arguments and what it is expected to give.
  private record Case(
      Window window, int outChannels, float[] x, float[] w, float[] bias, float[] dz) {
    static Case random(RandomGenerator random, Window window, int outChannels) {
      return new Case(
          window,
          outChannels,
          Geometries.values(random, Geometries.inputs(window)),
          Geometries.values(random, window.patchSize() * outChannels),
          Geometries.values(random, outChannels),
          Geometries.values(random, window.outPixels() * outChannels));
    }

    float[] forward(Kernels kernels, Activation activation) {
      float[] y = new float[dz.length];
      Arrays.fill(y, Float.NaN);
      kernels.convolution().forward(window, outChannels, x, w, bias, activation, y);
      return y;
    }

    float[] forwardPlus(Kernels kernels, float[] residual, Activation activation, float[] y) {
      Convolution convolution = kernels.convolution();
      int height = window.kernelHeight();
      int width = window.kernelWidth();
      PackedFilters filters =
          convolution.packed(height, width, window.channels(), outChannels, w, new double[0]);
      convolution.forward(window, filters, x, bias, residual, activation, y);
      return y;
    }

    float[] inputGradient(Kernels kernels, float[] before) {
      float[] dx = before.clone();
      kernels.convolution().inputGradient(window, outChannels, dz, w, dx);
      return dx;
    }

    float[] weightGradient(Kernels kernels, float[] before) {
      float[] dw = before.clone();
      kernels.convolution().weightGradient(window, outChannels, x, dz, dw);
      return dw;
    }
  }

  /// ```
  ///  x = 1 2   w = 1 10    same padding below and right, bias 0.5
  ///      3 4      100 1000
  ///
  ///  y = 1+20+300+4000   2+400     = 4321 402    (+ 0.5)
  ///      3+40            4             43   4
  /// ```
  @Test
  void valueByHand() {
    Window window = new Window(1, 2, 2, 1, 2, 2, 1, 0, 0, 2, 2);
    float[] x = {1, 2, 3, 4};
    float[] w = {1, 10, 100, 1000};
    Case c = new Case(window, 1, x, w, new float[] {0.5f}, new float[] {1, 2, 3, 4});
    for (Kernels kernels : variants) {
      assertArrayEquals(
          new float[] {4321.5f, 402.5f, 43.5f, 4.5f}, c.forward(kernels, Activation.NONE));
      // dx[h,w] = sum of dz[h-kh,w-kw]·w[kh,kw]: 1, 2+10, 3+100, 4+30+200+1000; added to 1.
      assertArrayEquals(
          new float[] {2, 13, 104, 1235}, c.inputGradient(kernels, new float[] {1, 1, 1, 1}));
      // dw[kh,kw] = sum of x[h+kh,w+kw]·dz[h,w]: 1+4+9+16, 2+12, 3+8, 4; added to 1.
      assertArrayEquals(
          new float[] {31, 15, 12, 5}, c.weightGradient(kernels, new float[] {1, 1, 1, 1}));
    }
  }

  @Test
  void reluEndsTheChain() {
    Window window = Geometries.square(1, 1, 1, 1, 1, 0);
    float[] w = {-1, 1, 1, 0, -0f, 1, 1, 1, -1};
    float[] bias = {0, 1, -3, -0f, -0f, Float.NaN, 0, 0, 0};
    float[] expected = {0, 3, 0, 0, 0, Float.NaN, 2, 2, 0};
    Case c = new Case(window, 9, new float[] {2}, w, bias, new float[9]);
    for (Kernels kernels : variants) {
      assertArrayEquals(bits(expected), bits(c.forward(kernels, Activation.RELU)));
    }
  }

  /// What is added at the end of a convolution has the bits of an addition behind it.
  @Test
  void residualIsAddedBehindTheChain() {
    RandomGenerator random = new SplittableRandom(2);
    for (int round = 0; round < 60; round++) {
      Window window = Geometries.random(random, random.nextInt(1, 18));
      int outChannels = round % 3 == 0 ? 16 * random.nextInt(1, 8) : random.nextInt(1, 18);
      checkResidual(Case.random(random, window, outChannels), round);
    }
    Window whole = Geometries.square(2, 9, 64, 1, 1, 0);
    Window deep = Geometries.square(1, 6, 300, 1, 1, 0);
    Window padded = Geometries.square(1, 6, 100, 3, 1, 1);
    for (int round = 0; round < 2; round++) {
      checkResidual(Case.random(random, whole, 128), round);
      checkResidual(Case.random(random, deep, 512), round);
      checkResidual(Case.random(random, padded, 112), round);
    }
  }

  /// Filters that are scaled where they lie packed are those that were scaled before.
  @Test
  void scaleIsAppliedToEachFilter() {
    RandomGenerator random = new SplittableRandom(3);
    for (int round = 0; round < 30; round++) {
      int outChannels = random.nextInt(1, 120);
      Case c = Case.random(random, Geometries.random(random, random.nextInt(1, 18)), outChannels);
      Window window = c.window;
      double[] scale = random.doubles(outChannels, -2, 2).toArray();
      float[] scaled = new float[c.w.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = (float) (c.w[i] * scale[i % outChannels]);
      }
      for (Kernels kernels : variants) {
        float[] expected = new float[c.dz.length];
        float[] y = new float[c.dz.length];
        Convolution convolution = kernels.convolution();
        convolution.forward(window, outChannels, c.x, scaled, c.bias, Activation.NONE, expected);
        PackedFilters filters =
            convolution.packed(
                window.kernelHeight(),
                window.kernelWidth(),
                window.channels(),
                outChannels,
                c.w,
                scale);
        convolution.forward(window, filters, c.x, c.bias, Activation.NONE, y);
        assertArrayEquals(bits(expected), bits(y), kernels.set() + " " + window);
      }
    }
  }

  private static void checkResidual(Case c, int round) {
    Activation f = round % 2 == 0 ? Activation.RELU : Activation.NONE;
    for (Kernels kernels : variants) {
      float[] expected = c.forward(kernels, Activation.NONE);
      kernels.elementwise().add(expected.length, expected, c.dz, f, expected);
      String name = kernels.set() + " " + c.window + " -> " + c.outChannels;
      float[] y = new float[c.dz.length];
      Arrays.fill(y, Float.NaN);
      assertArrayEquals(bits(expected), bits(c.forwardPlus(kernels, c.dz, f, y)), name);
      float[] residual = c.dz.clone();
      assertArrayEquals(
          bits(expected),
          bits(c.forwardPlus(kernels, residual, f, residual)),
          name + ", into the residual");
    }
  }

  @Test
  void oracle() {
    RandomGenerator random = new SplittableRandom(1);
    for (int round = 0; round < 60; round++) {
      Window window = Geometries.random(random, random.nextInt(1, 18));
      checkOracle(Case.random(random, window, random.nextInt(1, 18)), random);
    }
    checkOracle(Case.random(random, Geometries.square(9, 14, 16, 3, 1, 1), 32), random);
    checkOracle(Case.random(random, Geometries.square(1, 9, 160, 3, 2, 1), 48), random);
  }

  private static void checkOracle(Case c, RandomGenerator random) {
    float[] dx = Geometries.values(random, c.x.length);
    float[] dw = Geometries.values(random, c.w.length);
    Kernels kernels = variants.get(3);
    check(
        c.window,
        ConvolutionSums.forward(c.window, c.outChannels, c.x, c.w, c.bias),
        c.forward(kernels, Activation.NONE));
    check(
        c.window,
        ConvolutionSums.inputGradient(c.window, c.outChannels, c.dz, c.w, dx),
        c.inputGradient(kernels, dx));
    check(
        c.window,
        ConvolutionSums.weightGradient(c.window, c.outChannels, c.x, c.dz, dw),
        c.weightGradient(kernels, dw));
  }

  private static void check(Window window, ProductSums oracle, float[] actual) {
    assertEquals(oracle.size(), actual.length);
    for (int i = 0; i < actual.length; i++) {
      // Chunks of the weight gradient add at most 17 roundings to those of the chain.
      double bound = oracle.bound(i, 17);
      double error = Math.abs(oracle.value(i) - actual[i]);
      assertTrue(error <= bound, window + " at " + i + ": error " + error + ", bound " + bound);
    }
  }

  @Test
  void twinsAndThreadsGiveTheSameBits() {
    RandomGenerator random = new SplittableRandom(2);
    for (int round = 0; round < 200; round++) {
      Window window = Geometries.random(random, random.nextInt(1, 18));
      checkTwins(Case.random(random, window, random.nextInt(1, 18)), random);
    }
    for (int channels = 1; channels <= 3 * 16 + 1; channels++) {
      Window window = Geometries.square(2, 5, 1 + channels % 5, 3, 1, 1);
      checkTwins(Case.random(random, window, channels), random);
      Window wide = Geometries.square(2, 5, channels, 3, 1, 1);
      checkTwins(Case.random(random, wide, 1 + channels % 5), random);
    }
  }

  /// Shapes that reach each way of cutting: segments by kernel row and position, depth cut, row
  /// tasks, channel tasks, many images.
  @Test
  void twinsAndThreadsGiveTheSameBitsForLargerShapes() {
    RandomGenerator random = new SplittableRandom(3);
    checkTwins(Case.random(random, Geometries.square(33, 14, 16, 3, 1, 1), 32), random);
    checkTwins(Case.random(random, Geometries.square(17, 28, 1, 3, 1, 1), 16), random);
    checkTwins(Case.random(random, Geometries.square(17, 28, 1, 3, 1, 0), 32), random);
    checkTwins(Case.random(random, Geometries.square(3, 12, 1, 5, 1, 2), 6), random);
    checkTwins(Case.random(random, Geometries.square(2, 13, 32, 3, 1, 0), 64), random);
    checkTwins(Case.random(random, Geometries.square(1, 28, 64, 3, 1, 1), 64), random);
    checkTwins(Case.random(random, Geometries.square(3, 5, 45, 1, 1, 0), 80), random); // odd runs
    checkTwins(Case.random(random, Geometries.square(3, 5, 45, 3, 1, 1), 80), random);
    Window wide =
        new Window(1, 1, 70_001, 36, 1, 1, 1, 0, 0, 1, 70_001); // a row is one block of pixels
    checkTwins(Case.random(random, wide, 16), random);
    checkTwins(Case.random(random, Geometries.square(2, 14, 130, 3, 2, 1), 128), random);
    checkTwins(Case.random(random, Geometries.square(1, 7, 500, 3, 1, 1), 136), random);
    checkTwins(Case.random(random, Geometries.square(1, 10, 400, 1, 2, 0), 272), random);
    checkTwins(Case.random(random, Geometries.square(3, 13, 40, 1, 1, 0), 112), random);
    checkTwins(Case.random(random, Geometries.square(1, 40, 3, 7, 2, 3), 64), random);
    checkTwins(Case.random(random, Geometries.square(5, 1, 256, 3, 1, 1), 256), random);
    checkTwins(Case.random(random, Geometries.square(3, 2, 256, 3, 2, 1), 64), random);
  }

  private static void checkTwins(Case c, RandomGenerator random) {
    float[] dx = Geometries.values(random, c.x.length);
    float[] dw = Geometries.values(random, c.w.length);
    int[] y = bits(c.forward(variants.getFirst(), Activation.RELU));
    int[] dxAfter = bits(c.inputGradient(variants.getFirst(), dx));
    int[] dwAfter = bits(c.weightGradient(variants.getFirst(), dw));
    for (Kernels kernels : variants) {
      String name = kernels.set() + " " + c.window + " -> " + c.outChannels;
      assertArrayEquals(y, bits(c.forward(kernels, Activation.RELU)), name);
      assertArrayEquals(dxAfter, bits(c.inputGradient(kernels, dx)), name);
      assertArrayEquals(dwAfter, bits(c.weightGradient(kernels, dw)), name);
    }
  }

  /// The documented chain, step by step, for a shape with every kind of edge.
  @Test
  void chainIsTheDocumentedOne() {
    RandomGenerator random = new SplittableRandom(4);
    Window window = new Window(2, 7, 6, 3, 3, 4, 2, 1, 2, 4, 4);
    int outChannels = 5;
    Case c = Case.random(random, window, outChannels);
    float[] expected = new float[c.dz.length];
    for (int i = 0; i < expected.length; i++) {
      int o = i % outChannels;
      int ow = i / outChannels % 4;
      int oh = i / outChannels / 4 % 4;
      int n = i / outChannels / 16;
      float sum = c.bias[o];
      for (int k = 0; k < window.patchSize(); k++) {
        int h = oh * 2 - 1 + k / 12;
        int w = ow * 2 - 2 + k / 3 % 4;
        if (h >= 0 && h < 7 && w >= 0 && w < 6) {
          float x = c.x[((n * 7 + h) * 6 + w) * 3 + k % 3];
          sum = Math.fma(x, c.w[k * outChannels + o], sum);
        }
      }
      expected[i] = sum;
    }
    for (Kernels kernels : variants) {
      assertArrayEquals(bits(expected), bits(c.forward(kernels, Activation.NONE)));
    }
  }

  /// Weights that only meet padding are NaN: left out, they must not show.
  @Test
  void paddingIsLeftOut() {
    RandomGenerator random = new SplittableRandom(5);
    for (int channels : new int[] {1, 3, 8, 16}) {
      Window window = Geometries.square(2, 1, channels, 3, 1, 1);
      Case c = Case.random(random, window, 16);
      int centre = 4 * channels * 16;
      Arrays.fill(c.w, 0, centre, Float.NaN);
      Arrays.fill(c.w, centre + channels * 16, c.w.length, Float.NaN);
      float[] dw = new float[c.w.length];
      Arrays.fill(dw, -0f);
      for (Kernels kernels : variants) {
        assertFinite(c.forward(kernels, Activation.NONE));
        assertFinite(c.inputGradient(kernels, new float[c.x.length]));
        assertFinite(c.weightGradient(kernels, dw));
      }
    }
  }

  private static void assertFinite(float[] values) {
    for (float value : values) {
      assertTrue(Float.isFinite(value));
    }
  }

  /// Arrays longer than needed: what lies behind the used part is neither read nor written.
  @Test
  void nothingOutsideIsTouched() {
    RandomGenerator random = new SplittableRandom(6);
    for (int round = 0; round < 40; round++) {
      Window window = Geometries.random(random, random.nextInt(1, 18));
      Case c = Case.random(random, window, random.nextInt(1, 18));
      Case fenced =
          new Case(window, c.outChannels, fence(c.x), fence(c.w), fence(c.bias), fence(c.dz));
      for (Kernels kernels : variants) {
        assertFenced(c.forward(kernels, Activation.NONE), fenced.forward(kernels, Activation.NONE));
        float[] dx = c.inputGradient(kernels, new float[c.x.length]);
        assertFenced(dx, fenced.inputGradient(kernels, fence(new float[c.x.length])));
        float[] dw = c.weightGradient(kernels, new float[c.w.length]);
        assertFenced(dw, fenced.weightGradient(kernels, fence(new float[c.w.length])));
      }
      for (float[] argument : List.of(fenced.x, fenced.w, fenced.bias, fenced.dz)) {
        assertTrue(Float.isNaN(argument[argument.length - 1]));
      }
    }
  }

  private static float[] fence(float[] values) {
    float[] fenced = Arrays.copyOf(values, values.length + 40);
    Arrays.fill(fenced, values.length, fenced.length, Float.NaN);
    return fenced;
  }

  private static void assertFenced(float[] expected, float[] fenced) {
    assertArrayEquals(bits(fence(expected)), bits(fenced));
  }

  @Test
  void emptyBatch() {
    Window window = Geometries.square(0, 4, 2, 3, 1, 1);
    Case c = Case.random(new SplittableRandom(7), window, 3);
    for (Kernels kernels : variants) {
      c.forward(kernels, Activation.RELU);
      c.inputGradient(kernels, new float[0]);
      assertArrayEquals(new float[c.w.length], c.weightGradient(kernels, new float[c.w.length]));
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
    return bits;
  }
}
