package legible.bench.protocol;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// Answers `bench/compare/compare.py` on standard input and output, a JSON object per line:
///
/// ```
///  {"ask":"version"}                                    {"version":"..."}
///  {"ask":"run","name":...,"warmup":s,"seconds":s}      {"call":seconds,"check":...,"operations":...}
///                                                       {"unsupported":1} or {"error":"..."}
/// ```
///
/// What was built for a work stays until another work comes: only the first request of a work waits
/// for the warm-up.
public final class Server {
  private final Engine engine;
  private Message work;
  private Optional<Job> job = Optional.empty();
  private double check;

  private Server(Engine engine) {
    this.engine = engine;
  }

  /// Serves until standard input ends. What the engine prints goes to standard error.
  public static void serve(Engine engine) throws IOException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Server server = new Server(engine);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(server.answer(Message.parse(line)));
    }
  }

  private String answer(Message request) {
    try {
      return request.text("ask").equals("version")
          ? "{\"version\":\"" + engine.version() + "\"}"
          : run(request);
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      return "{\"error\":\"" + e.toString().replaceAll("[\"\\\\\\p{Cntrl}]", " ") + "\"}";
    }
  }

  private String run(Message request) throws Exception {
    if (work == null || !work.sameWork(request)) {
      open(request);
    }
    if (job.isEmpty()) {
      return "{\"unsupported\":1}";
    }
    double call = Clock.secondsPerCall(job.get(), request.number("seconds"));
    return String.format(
        Locale.ROOT,
        "{\"call\":%.6e,\"check\":%s,\"operations\":%.6e}",
        call,
        Double.isNaN(check) ? "null" : String.format(Locale.ROOT, "%.7e", check),
        job.get().operations());
  }

  private void open(Message request) throws Exception {
    work = null;
    if (job.isPresent()) {
      job.get().close();
    }
    job = engine.prepare(request);
    if (job.isPresent()) {
      job.get().run();
      check = job.get().check();
      Clock.secondsPerCall(job.get(), request.number("warmup"));
    }
    work = request;
  }
}
