package legible.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/// Many clients at once against `legible serve`, each with the next drawing as soon as it has an
/// answer; one JSON line. An error is a status other than 200, a broken connection, or an answer that
/// differs from the one that the same picture got before.
public final class ServeLoad {
  private static final double WARM_UP_SECONDS = 10;
  private static final int MEMORY_SAMPLES = 7;

  /// With threads that cost little: it runs beside the server.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final List<HttpRequest> questions;
  private final List<byte[]> answers = new ArrayList<>();
  private final long pid;

  private ServeLoad(URI address, long pid, List<byte[]> pictures) throws Exception {
    this.pid = pid;
    this.questions = new ArrayList<>();
    for (byte[] picture : pictures) {
      HttpRequest question =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "image/png")
              .POST(BodyPublishers.ofByteArray(picture))
              .build();
      questions.add(question);
      answers.add(http.send(question, BodyHandlers.ofByteArray()).body());
    }
  }

  /// Runs a load.
  ///
  /// @param arguments address with path, number of the server's process, clients, seconds
  public static void main(String[] arguments) throws Exception {
    URI address = URI.create(arguments[0]);
    ServeLoad load =
        new ServeLoad(
            address,
            Long.parseLong(arguments[1]),
            address.getPath().endsWith("read") ? Drawings.number() : Drawings.digits());
    int clients = Integer.parseInt(arguments[2]);
    load.run(clients, WARM_UP_SECONDS);
    System.out.println(load.run(clients, Double.parseDouble(arguments[3])));
  }

  /// What one client met.
  ///
  /// @param nanos the time of each answer
  private record Met(long[] nanos, int errors) {}

  private String run(int clients, double seconds) throws Exception {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    List<Future<Met>> running = new ArrayList<>();
    List<Long> memory = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < clients; i++) {
        int first = i;
        running.add(threads.submit(() -> client(first, end)));
      }
      for (int i = 0; i < MEMORY_SAMPLES; i++) {
        memory.add(residentMebibytes());
        long left = end - System.nanoTime();
        Thread.sleep(Math.max(0, left / 1_000_000 / (MEMORY_SAMPLES - i)));
      }
    }
    LongStream.Builder all = LongStream.builder();
    int errors = 0;
    for (Future<Met> client : running) {
      Met met = client.get();
      errors += met.errors();
      for (long nanos : met.nanos()) {
        all.add(nanos);
      }
    }
    return report(clients, seconds, all.build().sorted().toArray(), errors, memory);
  }

  private Met client(int first, long end) throws InterruptedException {
    LongStream.Builder nanos = LongStream.builder();
    int errors = 0;
    for (int i = first; System.nanoTime() < end; i++) {
      int picture = i % questions.size();
      long start = System.nanoTime();
      try {
        HttpResponse<byte[]> answer = http.send(questions.get(picture), BodyHandlers.ofByteArray());
        boolean right =
            answer.statusCode() == 200 && Arrays.equals(answer.body(), answers.get(picture));
        errors += right ? 0 : 1;
      } catch (IOException e) {
        errors++;
      }
      nanos.add(System.nanoTime() - start);
    }
    return new Met(nanos.build().toArray(), errors);
  }

  /// What Linux says of the server's memory.
  private long residentMebibytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IOException("/proc/" + pid + "/status: a line VmRSS expected, got none");
  }

  private static String report(
      int clients, double seconds, long[] sorted, int errors, List<Long> memory) {
    return String.format(
        Locale.ROOT,
        "{\"clients\":%d,\"seconds\":%.0f,\"answers\":%d,\"errors\":%d,\"answersPerSecond\":%.0f,"
            + "\"milliseconds\":{\"p50\":%.1f,\"p99\":%.1f,\"p999\":%.1f,\"max\":%.1f},"
            + "\"residentMebibytes\":%s}",
        clients,
        seconds,
        sorted.length,
        errors,
        sorted.length / seconds,
        quantile(sorted, 0.5),
        quantile(sorted, 0.99),
        quantile(sorted, 0.999),
        quantile(sorted, 1),
        memory);
  }

  private static double quantile(long[] sorted, double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.clamp(index, 0, sorted.length - 1)] / 1e6;
  }
}
