/// The digit reader: data sets, images, the command line and the web page.
@SuppressWarnings("requires-automatic") // EJML's jars have no descriptor
module legible.digits {
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires ejml.core;
  requires ejml.ddense;
  requires java.desktop;
  requires jdk.httpserver;
  requires legible.engine;

  opens legible.digits.cli to
      info.picocli;
}
