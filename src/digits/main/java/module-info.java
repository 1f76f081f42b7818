/// The digit reader: data sets, images, the command line and the web page.
module legible.digits {
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires legible.engine;

  opens legible.digits.cli to
      info.picocli;
}
