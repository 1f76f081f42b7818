package legible.digits.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import legible.digits.image.ImageFile;
import legible.digits.serve.DigitServer;
import legible.digits.serve.Limits;
import legible.digits.serve.Models;
import legible.format.ModelFile;
import legible.kernel.Kernels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `legible serve`: a page to try the readers, and the same as JSON over HTTP.
@Command(
    name = "serve",
    description = {
      "Serves a page on which to draw a digit or a number, or to drop or photograph a picture, and"
          + " JSON over HTTP: POST /v1/predict, POST /v1/read, GET /v1/health (docs/serve.md).",
      "Only this machine can reach it unless --host says otherwise. Ctrl-C or SIGTERM ends it after"
          + " the requests under way."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  legible serve",
      "  legible serve --port 0 --json | jq -r .url",
      "  legible serve --host 0.0.0.0 --allow-host digits.example.org",
      "  curl -H 'Content-Type: image/png' --data-binary @nine.png localhost:8080/v1/predict"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65535;

  @Spec private CommandSpec spec;
  @Mixin private ComputeOptions compute;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "The port, default ${DEFAULT-VALUE}; 0 takes one that is free.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = "The address to listen at, default ${DEFAULT-VALUE}; 0.0.0.0 means all.")
  private String host;

  @Option(
      names = "--allow-host",
      paramLabel = "NAME",
      description =
          "A further name by which clients may call; localhost and addresses always may."
              + " Repeatable.")
  private List<String> names = List.of();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model that reads a digit; the default is models/cnn.legible.")
  private Path model = Places.model("cnn");

  @Option(
      names = "--reader",
      paramLabel = "FILE",
      description =
          "The model that reads numbers; the default is models/reader.legible, if it is there.")
  private Path reader;

  @Option(
      names = "--send-seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long a client may take to send a request; default ${DEFAULT-VALUE}.")
  private int sendSeconds;

  @Option(names = "--json", description = "Print where it listens as one JSON document.")
  private boolean asJson;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > LAST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port: a number in 0.." + LAST_PORT + " expected, got " + port);
    }
    if (sendSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--send-seconds: at least 1 expected, got " + sendSeconds);
    }
    ImageFile.prepare();
    ModelFile digits = ModelFile.read(model);
    Digits.require(digits, model);
    Optional<ModelFile> numbers = reader();
    try (Kernels kernels = compute.create();
        Models models = new Models(digits, numbers, kernels.set())) {
      serve(models, Limits.of(kernels.parallel().threads(), Duration.ofSeconds(sendSeconds)));
    }
    return 0;
  }

  private Optional<ModelFile> reader() throws IOException {
    Path file = reader == null ? Places.model("reader") : reader;
    if (reader == null && !Files.exists(file)) {
      tell("no " + file + ": numbers are not read");
      return Optional.empty();
    }
    ModelFile numbers = ModelFile.read(file);
    Digits.requireReader(numbers, file);
    return Optional.of(numbers);
  }

  /// Serves until the JVM is told to end: its hook closes the server, which lets requests end.
  private void serve(Models models, Limits limits) throws IOException, InterruptedException {
    Set<String> allowed = new LinkedHashSet<>(names);
    allowed.add(host);
    InetAddress address = address();
    try (DigitServer server = start(address, allowed, models, limits)) {
      CountDownLatch closed = new CountDownLatch(1);
      Thread hook = Thread.ofPlatform().name("stop").unstarted(() -> stop(server, closed));
      Runtime.getRuntime().addShutdownHook(hook);
      announce(server.address());
      if (!address.isLoopbackAddress()) {
        tell(
            "other machines may reach this server, without a password and unencrypted; for more"
                + " put a proxy before it");
      }
      closed.await();
    }
  }

  private static void stop(DigitServer server, CountDownLatch closed) {
    server.close();
    closed.countDown();
  }

  private InetAddress address() throws IOException {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IOException(
          "--host: a name or an address of this machine expected, got " + host, e);
    }
  }

  private DigitServer start(InetAddress address, Set<String> allowed, Models models, Limits limits)
      throws IOException {
    try {
      return DigitServer.start(
          new InetSocketAddress(address, port), allowed, models, limits, this::bug);
    } catch (BindException e) {
      throw new IOException(
          "cannot listen at %s, port %d (%s); try another --port"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  private void announce(InetSocketAddress at) throws IOException {
    String name = at.getAddress().getHostAddress();
    String url =
        "http://%s:%d/"
            .formatted(
                at.getAddress() instanceof Inet6Address ? "[" + name + "]" : name, at.getPort());
    PrintWriter out = spec.commandLine().getOut();
    if (asJson) {
      Json.print(out, json -> json.writeStringField("url", url));
    } else {
      out.println("Legible listens at " + url + " (Ctrl-C ends it)");
      out.flush();
    }
  }

  private void tell(String message) {
    spec.commandLine().getErr().println("legible: " + message);
    spec.commandLine().getErr().flush();
  }

  private void bug(Throwable failure) {
    tell("bug in Legible: " + failure + " (please report it)");
  }
}
