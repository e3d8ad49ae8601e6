package renfort.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import renfort.reference.Regions;
import renfort.reference.model.Region;

/**
 * The people and places that a laptop starts with, made as anybody makes them: by the functions and
 * the API, links taken from the mails. Nothing of it exists in the cloud.
 */
final class Demonstration {
  /** The password of every demonstration account. */
  static final String PASSWORD = "Demonstration-2026";

  /** The login of the national level. */
  static final String NATIONAL = "national@exemple.fr";

  private static final Pattern TOKEN = Pattern.compile("#token=([^\\s\"<]+)");

  private final LocalPlatform platform;
  private final URI api;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  /**
   * @param api where the API answers this class; it may be a door that nobody else knows
   */
  Demonstration(LocalPlatform platform, URI api) {
    this.platform = platform;
    this.api = api;
  }

  /** The login of a region's agency. */
  static String agency(String region) {
    return "ars." + region + "@exemple.fr";
  }

  /** The accounts of the agencies and of the national level; asked again, it changes nothing. */
  void staff() {
    Map<String, Map<String, Object>> wishes = new LinkedHashMap<>();
    wishes.put(NATIONAL, Map.of("email", NATIONAL, "role", "NATIONAL", "enabled", true));
    for (Region region : Regions.all()) {
      String email = agency(region.code());
      wishes.put(
          email,
          Map.of("email", email, "role", "AGENCY", "region", region.code(), "enabled", true));
    }
    together(wishes.values().stream().map(wish -> (Runnable) () -> account(wish)).toList());
    platform.awaitStreams();
    confirm(List.copyOf(wishes.keySet()));
  }

  /**
   * Establishments with missions, volunteers of all regions, and a login of each kind. The staff is
   * there before, and visitors may be.
   */
  void fill() {}

  /** Sets the password of accounts whose link came by mail, or asks for a link first. */
  void confirm(List<String> emails) {
    List<String> left = emails.stream().filter(email -> !isSet(email)).toList();
    if (left.isEmpty()) {
      return;
    }
    together(
        left.stream()
            .map(email -> (Runnable) () -> ask("/api/password-links", Map.of("email", email), 202))
            .toList());
    platform.awaitStreams();
    for (String email : left) {
      if (!isSet(email)) {
        throw new IllegalStateException("No password could be set for " + email);
      }
    }
  }

  private void account(Map<String, Object> wish) {
    JsonNode answer = platform.invoke("SetStaffAccount", wish);
    if (!answer.has("accountId")) {
      throw new IllegalStateException("SetStaffAccount answered " + answer);
    }
  }

  private boolean isSet(String email) {
    List<Mailbox.Mail> mails = platform.mailbox().to(email);
    if (mails.isEmpty()) {
      return false;
    }
    Matcher token = TOKEN.matcher(mails.getLast().text());
    return token.find()
        && post("/api/passwords", Map.of("token", token.group(1), "password", PASSWORD)) == 204;
  }

  private void ask(String path, Map<String, Object> body, int expected) {
    int status = post(path, body);
    if (status != expected) {
      throw new IllegalStateException(path + " answered " + status);
    }
  }

  private int post(String path, Map<String, Object> body) {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Trees.of(body).toString()))
            .build();
    try {
      HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
      return response.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void together(List<Runnable> tasks) {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> begun = tasks.stream().<Future<?>>map(threads::submit).toList();
      for (Future<?> task : begun) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
