package legible.digits.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import legible.audit.Finding;

/// What an auditor wants to know about one operation or one family of kernels: where it is written,
/// what it promises, what was measured, and which tests hold it.
///
/// @param subject its name
/// @param isOperation else a family of kernels
/// @param source the file that documents and implements it
/// @param related more files that implement or define it
/// @param kernels of an operation: the families that it computes with
/// @param tests the test classes that are about it
/// @param findings of the audit
record Card(
    String subject,
    boolean isOperation,
    SourceFile source,
    List<SourceFile> related,
    List<String> kernels,
    List<SourceFile> tests,
    List<Finding> findings) {
  private static final String MAIN = "main/java/legible/";
  private static final String TEST = "test/java/legible/";
  private static final List<String> FAMILIES =
      List.of(
          "Convolution", "Elementwise", "Gemm", "Normalization", "Pooling", "Softmax", "Updates");

  Card {
    related = List.copyOf(related);
    kernels = List.copyOf(kernels);
    tests = List.copyOf(tests);
    findings = List.copyOf(findings);
  }

  /// Collects what belongs to a subject.
  ///
  /// @param engine the engine's folder, with `main` and `test`
  /// @throws IOException if a file cannot be read
  static Card of(Path engine, String subject, List<Finding> findings) throws IOException {
    boolean isOperation = Files.exists(engine.resolve(MAIN + "op/" + subject + ".java"));
    return isOperation ? operation(engine, subject, findings) : kernels(engine, subject, findings);
  }

  private static Card operation(Path engine, String subject, List<Finding> findings)
      throws IOException {
    SourceFile source = SourceFile.read(engine, MAIN + "op/" + subject + ".java");
    return new Card(
        subject,
        true,
        source,
        List.of(SourceFile.read(engine, MAIN + "oracle/" + subject + "Oracle.java")),
        FAMILIES.stream()
            .filter(name -> source.contains("." + name.toLowerCase(Locale.ROOT) + "()"))
            .toList(),
        List.of(
            SourceFile.read(engine, TEST + "op/" + subject + "Test.java"),
            SourceFile.read(engine, TEST + "op/OpContractTest.java")),
        findings);
  }

  private static Card kernels(Path engine, String subject, List<Finding> findings)
      throws IOException {
    List<SourceFile> related = new ArrayList<>();
    for (String folder : List.of("kernel/scalar", "kernel/vector")) {
      related.addAll(named(engine, MAIN + folder, subject.replaceFirst("s$", "")));
    }
    return new Card(
        subject,
        false,
        SourceFile.read(engine, MAIN + "kernel/" + subject + ".java"),
        related,
        List.of(),
        named(engine, TEST + "kernel", subject).stream()
            .filter(file -> file.name().endsWith("Test"))
            .toList(),
        findings);
  }

  /// The files of a folder whose names contain a word, in alphabetical order.
  private static List<SourceFile> named(Path engine, String folder, String word)
      throws IOException {
    List<String> names;
    try (Stream<Path> files = Files.list(engine.resolve(folder))) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.contains(word) && name.endsWith(".java"))
              .sorted()
              .toList();
    }
    List<SourceFile> found = new ArrayList<>();
    for (String name : names) {
      found.add(SourceFile.read(engine, folder + "/" + name));
    }
    return found;
  }
}
