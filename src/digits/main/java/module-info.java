/// The digit reader: data sets, images and the command line.
module legible.digits {
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires java.desktop;
  requires legible.engine;

  opens legible.digits.cli to
      info.picocli;
}
