package renfort.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Functions of {@code bench/peers} that do the work of MatchCandidates by other means; the bench
 * holds their answers to its own.
 */
final class ColdStartPeers {
  private ColdStartPeers() {}

  /**
   * One of them.
   *
   * @param name as it is printed
   * @param classPath its jars
   * @param handler what Lambda's client is told to load
   * @param variables beside those of MatchCandidates
   */
  record Peer(String name, String classPath, String handler, Map<String, String> variables) {

    /** What its jars weigh, in bytes. */
    long size() {
      return Stream.of(classPath.split(File.pathSeparator, -1))
          .map(File::new)
          .filter(File::isFile)
          .mapToLong(File::length)
          .sum();
    }
  }

  /** Builds all of them by Maven, online. */
  static List<Peer> build(Path home) throws IOException {
    Path peers = home.resolve("bench/peers");
    // the frameworks' build steps read Java 25, so Maven itself runs on it; cleaned, because jars
    // of
    // another version would stay on the class path
    ColdStart.maven(peers, "clean", "package");
    return List.of(
        new Peer(
            "powertools", jars(peers.resolve("powertools")), "peers.powertools.Match", Map.of()),
        new Peer("micronaut", jars(peers.resolve("micronaut")), "peers.micronaut.Match", Map.of()),
        new Peer(
            "quarkus",
            jars(peers.resolve("quarkus")),
            "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest",
            Map.of()),
        new Peer(
            "spring",
            jars(peers.resolve("spring")),
            "org.springframework.cloud.function.adapter.aws.FunctionInvoker::handleRequest",
            Map.of("MAIN_CLASS", "peers.spring.Match")));
  }

  /** What a build has put into target/function, as Lambda unpacks it: classes, and jars in lib. */
  private static String jars(Path peer) throws IOException {
    Path function = peer.resolve("target/function");
    try (Stream<Path> files = Files.list(function.resolve("lib"))) {
      return Stream.concat(Stream.of(function), files.sorted())
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
