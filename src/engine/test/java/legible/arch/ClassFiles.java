package legible.arch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.LineNumber;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import legible.kernel.Kernels;

/// What the compiled engine says about itself: its classes and what they refer to.
final class ClassFiles {
  /// A class in a descriptor, such as `(Llegible/tensor/Shape;I)V`.
  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+/[\\w$]+);");

  private ClassFiles() {}

  /// The folder that the engine was compiled into.
  static Path root() {
    try {
      Path kernels = Path.of(Kernels.class.getResource("Kernels.class").toURI());
      return kernels.getParent().getParent().getParent();
    } catch (URISyntaxException e) {
      throw new AssertionError("class files on the file system expected", e);
    }
  }

  /// Every class of the module.
  static List<ClassModel> engine() {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.endsWith("module-info.class"))
          .sorted(Comparator.comparing(Path::toString))
          .map(ClassFiles::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassModel parse(Path file) {
    try {
      return ClassFile.of().parse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The class's name, such as `legible.op.Add`.
  static String name(ClassModel model) {
    return model.thisClass().asInternalName().replace('/', '.');
  }

  /// The package of a class's name.
  static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  /// Every class that the class refers to: by name, or in the type of a field or method.
  static Set<String> references(ClassModel model) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof ClassEntry type && !type.asInternalName().startsWith("[")) {
        names.add(type.asInternalName().replace('/', '.'));
      } else if (entry instanceof Utf8Entry text) {
        Matcher matcher = IN_DESCRIPTOR.matcher(text.stringValue());
        while (matcher.find()) {
          names.add(matcher.group(1).replace('/', '.'));
        }
      }
    }
    return names;
  }

  /// Every field and method that the class uses, such as `java.lang.System.nanoTime`.
  static Set<String> members(ClassModel model) {
    Set<String> names = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof MemberRefEntry member) {
        names.add(
            member.owner().asInternalName().replace('/', '.') + "." + member.name().stringValue());
      }
    }
    return names;
  }

  /// From the first to the last line of a method's code; 0 without code.
  static int lines(MethodModel method) {
    int first = Integer.MAX_VALUE;
    int last = 0;
    if (method.code().isPresent()) {
      for (CodeElement element : method.code().get()) {
        if (element instanceof LineNumber line) {
          first = Math.min(first, line.line());
          last = Math.max(last, line.line());
        }
      }
    }
    return last == 0 ? 0 : last - first + 1;
  }
}
