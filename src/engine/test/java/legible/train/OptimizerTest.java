package legible.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import legible.KernelVariant;
import legible.Reference;
import legible.autograd.Parameter;
import legible.autograd.Role;
import legible.kernel.Updates;
import legible.tensor.Shape;
import legible.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizerTest {
  /// Ten steps from the same weights with the same gradients as PyTorch's.
  private static void follow(
      KernelVariant variant, String file, Optimizer optimizer, double learningRate) {
    Reference reference = Reference.read("optimizer-" + file);
    Tensor gradients = reference.get("gradients");
    int steps = gradients.shape().dimension(0);
    int size = gradients.shape().dimension(1);
    Parameter w = new Parameter("w", Role.WEIGHT, reference.get("w"));
    Tensor trajectory = Tensor.zeros(gradients.shape());
    variant.with(
        workspace -> {
          Updates updates = workspace.kernels().updates();
          List<float[]> slots = slots(optimizer, size);
          for (int t = 0; t < steps; t++) {
            float[] gradient = Arrays.copyOfRange(gradients.data(), t * size, (t + 1) * size);
            optimizer.update(updates, t + 1, learningRate, 1f, w, gradient, slots);
            System.arraycopy(w.value().data(), 0, trajectory.data(), t * size, size);
          }
          return null;
        });
    reference.assertNear("trajectory", trajectory, 1e-6);
  }

  private static List<float[]> slots(Optimizer optimizer, int size) {
    List<float[]> slots = new ArrayList<>();
    optimizer.slots().forEach(name -> slots.add(new float[size]));
    return slots;
  }

  @ParameterizedTest
  @EnumSource
  void stepsAsPyTorch(KernelVariant variant) {
    follow(variant, "sgd", new Sgd(0f, false, 0f), 0.1);
    follow(variant, "momentum", new Sgd(0.9f, false, 0.1f), 0.1);
    follow(variant, "nesterov", new Sgd(0.9f, true, 0.1f), 0.1);
    follow(variant, "adam", Adam.standard(), 0.01);
    follow(variant, "adam-l2", new Adam(0.9f, 0.999f, 1e-8f, 0.1f, false), 0.01);
    follow(variant, "adamw", Adam.decoupled(0.1f), 0.01);
  }

  /// With a gradient of zero only decay moves a parameter: weights shrink, biases and scales stay.
  @ParameterizedTest
  @EnumSource
  void decayIsForWeightsOnly(KernelVariant variant) {
    for (Optimizer optimizer : List.of(new Sgd(0f, false, 0.5f), Adam.decoupled(0.5f))) {
      for (Role role : List.of(Role.WEIGHT, Role.BIAS, Role.SCALE)) {
        Parameter parameter = new Parameter("p", role, Tensor.of(Shape.of(2), 1f, -2f));
        variant.with(
            workspace -> {
              optimizer.update(
                  workspace.kernels().updates(),
                  1,
                  0.1,
                  1f,
                  parameter,
                  new float[2],
                  slots(optimizer, 2));
              return null;
            });
        float[] expected = role == Role.WEIGHT ? new float[] {0.95f, -1.9f} : new float[] {1, -2};
        assertArrayEquals(expected, parameter.value().data(), 1e-7f, optimizer + " " + role);
      }
    }
  }

  /// The gradient is scaled before anything else, and is itself left alone.
  @ParameterizedTest
  @EnumSource
  void gradientScale(KernelVariant variant) {
    Parameter parameter = new Parameter("p", Role.BIAS, Tensor.of(Shape.of(2), 1f, -2f));
    float[] gradient = {4f, 8f};
    Sgd sgd = new Sgd(0f, false, 0f);
    variant.with(
        workspace -> {
          sgd.update(
              workspace.kernels().updates(), 1, 0.5, 0.25f, parameter, gradient, slots(sgd, 2));
          return null;
        });
    assertArrayEquals(new float[] {0.5f, -3f}, parameter.value().data());
    assertArrayEquals(new float[] {4f, 8f}, gradient);
  }

  @Test
  void textAndBack() {
    for (Optimizer optimizer :
        List.of(
            new Sgd(0.9f, true, 1e-4f),
            new Sgd(0f, false, 0f),
            Adam.standard(),
            Adam.decoupled(0.01f))) {
      assertEquals(optimizer, Optimizer.parse(optimizer.text()));
    }
    assertEquals("sgd 0.9 true 1.0E-4", new Sgd(0.9f, true, 1e-4f).text());
    assertEquals("adam 0.9 0.999 1.0E-8 0.0", Adam.standard().text());
    assertEquals("adamw 0.9 0.999 1.0E-8 0.01", Adam.decoupled(0.01f).text());
  }

  @Test
  void badSettingsAndTexts() {
    assertThrows(IllegalArgumentException.class, () -> new Sgd(1f, false, 0f));
    assertThrows(IllegalArgumentException.class, () -> new Sgd(0f, false, Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> new Adam(0.9f, 1f, 1e-8f, 0f, false));
    assertThrows(IllegalArgumentException.class, () -> new Adam(0.9f, 0.9f, 0f, 0f, true));
    for (String text :
        List.of("", "sgd", "sgd 0.9 true", "adam 1 2 3 x", "rmsprop 1 2 3 4", "sgd 2 true 0")) {
      assertThrows(IllegalArgumentException.class, () -> Optimizer.parse(text), text);
    }
  }
}
