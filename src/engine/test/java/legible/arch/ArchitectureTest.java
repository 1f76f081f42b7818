package legible.arch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import legible.op.Op;
import org.junit.jupiter.api.Test;

/// The house rules that a compiler does not know, read from the compiled classes.
class ArchitectureTest {
  /// Each package may use itself and those before it. The packages below `kernel` count as `kernel`
  /// here and have rules of their own. What proves the others comes last: nothing that computes may
  /// use it.
  private static final List<String> LAYERS =
      List.of(
          "random",
          "kernel",
          "tensor",
          "op",
          "autograd",
          "nn",
          "model",
          "infer",
          "train",
          "format",
          "oracle",
          "audit");

  /// Fewer classes than this, and a rule would pass because the scan found nothing.
  private static final int FEWEST_CLASSES = 130;

  /// A kernel that is longer than its page cannot be checked against its formula.
  private static final int LONGEST_KERNEL_METHOD = 60;

  /// A tile is one loop unrolled by hand, a line for each register and address: long, but of one
  /// pattern.
  private static final int LONGEST_TILE = 110;

  private static final String VECTOR_MODULE = "jdk.incubator.vector.";

  private static final Set<String> FORBIDDEN_MEMBERS =
      Set.of(
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.in",
          "java.lang.System.exit",
          "java.lang.System.load",
          "java.lang.System.loadLibrary",
          "java.lang.Runtime.load",
          "java.lang.Runtime.loadLibrary",
          "java.lang.Runtime.exec",
          "java.lang.Thread.sleep",
          "java.lang.Class.forName",
          "java.lang.Throwable.printStackTrace");

  /// Their bits may differ from platform to platform: the library's own exp, log and the like (the
  /// engine has [legible.kernel.Elementary] and StrictMath), and unseeded random numbers.
  private static final Pattern PLATFORM_DEPENDENT =
      Pattern.compile(
          "java\\.lang\\.Math\\.(sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|exp|expm1|log"
              + "|log10|log1p|pow|cbrt|hypot|random)"
              + "|jdk\\.incubator\\.vector\\.VectorOperators\\.(SIN|COS|TAN|ASIN|ACOS|ATAN|ATAN2"
              + "|SINH|COSH|TANH|EXP|EXPM1|LOG|LOG10|LOG1P|POW|CBRT|HYPOT)"
              + "|java\\.util\\.(Random|concurrent\\.ThreadLocalRandom|UUID)\\..*"
              + "|java\\.security\\.SecureRandom\\..*");

  private static final List<String> FORBIDDEN_PACKAGES =
      List.of("java.lang.reflect", "java.lang.foreign", "sun.", "jdk.internal", "com.sun.");

  private final List<ClassModel> classes = ClassFiles.engine();

  /// The layer of a class of the engine, as an index; -1 for others.
  private static int layer(String className) {
    String[] parts = className.split("\\.");
    return parts[0].equals("legible") && parts.length > 2 ? LAYERS.indexOf(parts[1]) : -1;
  }

  private static boolean isIn(String className, String packageName) {
    return ClassFiles.packageOf(className).equals(packageName);
  }

  /// Every reference from a class that the rule is about to one that it forbids, as `from -> to`.
  private List<String> references(Predicate<String> from, Predicate<String> to) {
    List<String> found = new ArrayList<>();
    for (ClassModel model : classes) {
      String name = ClassFiles.name(model);
      if (from.test(name)) {
        ClassFiles.references(model).stream()
            .filter(to)
            .forEach(reference -> found.add(name + " -> " + reference));
      }
    }
    return found;
  }

  private static void assertNone(List<String> violations) {
    assertEquals("", String.join("\n", violations));
  }

  @Test
  void theScanSeesTheEngine() {
    assertTrue(classes.size() >= FEWEST_CLASSES, "classes seen: " + classes.size());
    Set<Integer> layers =
        classes.stream().map(m -> layer(ClassFiles.name(m))).collect(Collectors.toSet());
    assertEquals(
        IntStream.range(0, LAYERS.size()).boxed().collect(Collectors.toSet()),
        layers,
        "every layer has classes, no other has");
    assertTrue(references(n -> true, n -> layer(n) >= 0).size() > 500, "references are seen");
  }

  @Test
  void noLayerUsesAHigherOne() {
    for (int layer = 0; layer < LAYERS.size(); layer++) {
      int from = layer;
      assertNone(references(n -> layer(n) == from, n -> layer(n) > from));
    }
  }

  /// The loops' interfaces know no twin; the scalar twin, which runs where there are no vectors, does
  /// not know the other one (which lends its tails from it); only `Kernels` chooses.
  @Test
  void twinsAreApart() {
    String loops = "legible.kernel.loops";
    String scalar = "legible.kernel.scalar";
    String vector = "legible.kernel.vector";
    assertNone(references(n -> isIn(n, loops), n -> isIn(n, scalar) || isIn(n, vector)));
    assertNone(references(n -> isIn(n, scalar), n -> isIn(n, vector)));
    assertNone(
        references(
            n -> !isIn(n, scalar) && !isIn(n, vector) && !n.equals("legible.kernel.Kernels"),
            n -> isIn(n, scalar) || isIn(n, vector)));
  }

  /// Incubator types stay in one package, and that package is not exported: no public signature has
  /// them.
  @Test
  void vectorsStayInTheirPackage() {
    assertNone(
        references(n -> !isIn(n, "legible.kernel.vector"), n -> n.startsWith(VECTOR_MODULE)));
    assertTrue(
        references(n -> isIn(n, "legible.kernel.vector"), n -> n.startsWith(VECTOR_MODULE)).size()
            > 10);
  }

  @Test
  void theModuleNeedsTheJdkOnly() throws IOException {
    try (InputStream stream =
        Files.newInputStream(ClassFiles.root().resolve("module-info.class"))) {
      ModuleDescriptor module = ModuleDescriptor.read(stream);
      assertEquals("legible.engine", module.name());
      assertEquals(
          Set.of("[MANDATED] java.base", "[STATIC] jdk.incubator.vector"),
          module.requires().stream().map(ArchitectureTest::text).collect(Collectors.toSet()));
      assertEquals(
          LAYERS.stream().map(layer -> "legible." + layer).collect(Collectors.toSet()),
          module.exports().stream()
              .map(ModuleDescriptor.Exports::source)
              .collect(Collectors.toSet()));
    }
    Set<String> base = Object.class.getModule().getPackages();
    assertNone(
        references(
            n -> true,
            n ->
                layer(n) < 0
                    && !base.contains(ClassFiles.packageOf(n))
                    && !n.startsWith(VECTOR_MODULE)));
  }

  private static String text(ModuleDescriptor.Requires requires) {
    return requires.modifiers() + " " + requires.name();
  }

  @Test
  void noBackDoors() {
    assertNone(references(n -> true, n -> FORBIDDEN_PACKAGES.stream().anyMatch(n::startsWith)));
    List<String> found = new ArrayList<>();
    for (ClassModel model : classes) {
      for (String member : ClassFiles.members(model)) {
        if (FORBIDDEN_MEMBERS.contains(member) || PLATFORM_DEPENDENT.matcher(member).matches()) {
          found.add(ClassFiles.name(model) + " -> " + member);
        }
      }
      for (MethodModel method : model.methods()) {
        if (method.flags().has(AccessFlag.NATIVE)) {
          found.add(ClassFiles.name(model) + "." + method.methodName() + " is native");
        }
      }
    }
    assertNone(found);
  }

  /// A static field that changes is shared by models and threads that know nothing of each other. A
  /// vector in a field is boxed, 20 times slower; a species or a pattern of lanes has to be a
  /// constant.
  @Test
  void fields() {
    List<String> found = new ArrayList<>();
    for (ClassModel model : classes) {
      for (FieldModel field : model.fields()) {
        String name = ClassFiles.name(model) + "." + field.fieldName().stringValue();
        String type = field.fieldType().stringValue();
        boolean isStatic = field.flags().has(AccessFlag.STATIC);
        boolean isConstant = isStatic && field.flags().has(AccessFlag.FINAL);
        if (isStatic && !isConstant) {
          found.add(name + " is static and not final");
        }
        if (type.contains("jdk/incubator/vector")
            && !(isConstant && type.matches(".*/Vector(Species|Shuffle|Mask);"))) {
          found.add(name + " holds a vector: " + type);
        }
      }
    }
    assertNone(found);
  }

  @Test
  void kernelMethodsAreShort() {
    List<String> found = new ArrayList<>();
    int seen = 0;
    for (ClassModel model : classes) {
      for (MethodModel method : model.methods()) {
        String name = method.methodName().stringValue();
        if (layer(ClassFiles.name(model)) == LAYERS.indexOf("kernel") && !name.startsWith("<")) {
          int lines = ClassFiles.lines(method);
          seen += lines > 0 ? 1 : 0;
          int limit =
              ClassFiles.name(model).contains("Tile") ? LONGEST_TILE : LONGEST_KERNEL_METHOD;
          if (lines > limit) {
            found.add("%s.%s: %d lines".formatted(ClassFiles.name(model), name, lines));
          }
        }
      }
    }
    assertTrue(seen > 200, "methods seen: " + seen);
    assertNone(found);
  }

  /// One home for each operation: its oracle and its test carry its name.
  @Test
  void everyOperationHasItsOracleAndItsTest() throws ClassNotFoundException {
    assertTrue(Op.class.getPermittedSubclasses().length >= 13);
    for (Class<?> op : Op.class.getPermittedSubclasses()) {
      Class.forName("legible.oracle." + op.getSimpleName() + "Oracle");
      Class<?> test = Class.forName("legible.op." + op.getSimpleName() + "Test");
      for (String method : List.of("valueByHand", "gradient")) {
        assertTrue(
            List.of(test.getDeclaredMethods()).stream().anyMatch(m -> m.getName().equals(method)),
            test.getSimpleName() + "." + method + " expected");
      }
    }
  }
}
