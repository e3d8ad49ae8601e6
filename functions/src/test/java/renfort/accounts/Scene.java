package renfort.accounts;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.accounts.model.ErasureReason;
import renfort.accounts.model.Establishment;
import renfort.accounts.model.LinkPurpose;
import renfort.accounts.model.Role;
import renfort.environment.Clients;
import renfort.environment.Environment;
import renfort.environment.Ids;
import renfort.environment.RetentionTest;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Item;
import renfort.storage.Writes;
import renfort.web.Json;

/** What the accounts stand on, in memory, and calls as the gateway makes them. */
final class Scene {
  static final String EMAIL = "jeanne.morel@exemple.fr";
  static final String PASSWORD = "Genets-Ajoncs-2027";
  static final Establishment EHPAD =
      new Establishment(
          "350000014",
          "EHPAD des Genêts",
          "12 rue des Genêts",
          "35000",
          "Rennes",
          "53",
          "35",
          48.1,
          -1.7);

  final FakeTables tables = new FakeTables();
  final FakeCognito cognito = new FakeCognito();
  final HandClock clock = new HandClock();
  final Environment environment =
      new Environment(
          Map.ofEntries(
              entry("ACCOUNTS_TABLE", "accounts"),
              entry("GUARDS_TABLE", "guards"),
              entry("MISSIONS_TABLE", "missions"),
              entry("OUTBOX_TABLE", "outbox"),
              entry("MAILS_KEPT_DAYS", "90"),
              entry("JOURNAL_TABLE", "journal"),
              entry("USER_POOL_ID", "pool"),
              entry("SESSION_CLIENT_ID", "day"),
              entry("KEPT_SESSION_CLIENT_ID", "kept"),
              entry("SITE_URL", "https://renfort.example"),
              entry("RETENTION", RetentionTest.DEFAULTS),
              entry("ORIGIN_SECRETS", "open")),
          clock,
          Ids.random(),
          new Clients(
              () -> tables,
              () -> {
                throw new IllegalStateException("no bucket here");
              },
              () -> {
                throw new IllegalStateException("no bucket here");
              },
              () -> {
                throw new IllegalStateException("no mail here");
              },
              () -> cognito));
  final AccountStore accounts = new AccountStore(environment);
  final Links links = new Links(environment);

  /** Stands still until it is moved. */
  static final class HandClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** A professional's account as a registration makes it. */
  Account professional() {
    return stored(
        new Account(
            environment.ids().next(),
            Role.PROFESSIONAL,
            EMAIL,
            "Morel",
            "Jeanne",
            "+33199001234",
            environment.ids().next(),
            null,
            false,
            null,
            null,
            true,
            false,
            1));
  }

  /** An account of staff as an operator makes it: its address is kept to it from the beginning. */
  Account staff() {
    return stored(
        new Account(
            environment.ids().next(),
            Role.AGENCY,
            EMAIL,
            "Bretagne",
            "ARS",
            null,
            null,
            null,
            false,
            "53",
            null,
            true,
            false,
            1));
  }

  Account stored(Account account) {
    Writes writes = new Writes();
    accounts.create(writes, account);
    commit(writes);
    return account;
  }

  void commit(Writes writes) {
    assertEquals(new Commit.Done(), Database.of(environment).commit(writes));
  }

  void erase(Account account) {
    Writes writes = new Writes();
    new Erasures(environment).close(writes, account, ErasureReason.ASKED);
    commit(writes);
  }

  Account read(Account account) {
    return accounts.find(account.accountId()).orElseThrow();
  }

  String mint(Account account) {
    return mint(account, clock.instant()).orElseThrow();
  }

  Optional<String> mint(Account account, Instant asked) {
    return links.mint(account.accountId(), LinkPurpose.RESET, null, asked);
  }

  /** An account whose password is set. */
  Account confirmedProfessional() {
    Account account = professional();
    Answer answer = setPassword(new SetPassword(environment, List.of()), mint(account), PASSWORD);
    assertEquals(204, answer.status(), answer.toString());
    cognito.calls.clear();
    return read(account);
  }

  static Answer setPassword(SetPassword handler, String token, String password) {
    return new Call("POST /api/passwords")
        .with("token", token)
        .with("password", password)
        .to(handler);
  }

  List<String> journal() {
    return tables.rows("journal").stream().map(row -> row.text("action")).toList();
  }

  List<Item> mails() {
    return tables.rows("outbox");
  }

  /**
   * What the gateway gets back.
   *
   * @param body the tree, or null when there is none
   */
  record Answer(
      int status, Map<String, Object> headers, List<Object> cookies, @Nullable Object body) {

    Map<?, ?> tree() {
      return (Map<?, ?>) requireNonNull(body);
    }

    /** The codes of the fields at fault. */
    List<String> faults() {
      return ((List<?>) requireNonNull(tree().get("errors")))
          .stream()
              .map(
                  error -> ((Map<?, ?>) error).get("field") + ":" + ((Map<?, ?>) error).get("code"))
              .toList();
    }
  }

  /** A call as the gateway hands it over. */
  static final class Call {
    private final Map<String, Object> body = new LinkedHashMap<>();
    private final Map<String, Object> headers = new LinkedHashMap<>();
    private final String route;
    private List<String> cookies = List.of();
    private @Nullable String user;
    private String ip = "198.51.100.1";

    Call(String route) {
      this.route = route;
    }

    Call with(String field, Object value) {
      body.put(field, value);
      headers.put("content-type", "application/json");
      return this;
    }

    Call header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Call cookie(String cookie) {
      cookies = List.of(cookie);
      return this;
    }

    Call from(String address) {
      ip = address;
      return this;
    }

    Call as(String accountId) {
      user = accountId;
      return this;
    }

    Answer to(RequestStreamHandler handler) {
      Map<String, Object> context = new LinkedHashMap<>();
      context.put("http", Map.of("sourceIp", ip));
      context.put("requestId", "request");
      if (user != null) {
        context.put("authorizer", Map.of("jwt", Map.of("claims", Map.of("username", user))));
      }
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("routeKey", route);
      event.put("headers", headers);
      event.put("cookies", cookies);
      event.put("requestContext", context);
      if (!body.isEmpty()) {
        event.put("body", Json.write(body));
      }
      Map<String, Object> answer = invoke(handler, event);
      return new Answer(
          (Integer) requireNonNull(answer.get("statusCode")),
          object(answer.get("headers")),
          list(answer.get("cookies")),
          answer.get("body") == null ? null : parse((String) answer.get("body")));
    }
  }

  static Map<String, Object> invoke(RequestStreamHandler handler, Map<String, Object> event) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8)),
          output,
          mock(Context.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return object(parse(output.toString(StandardCharsets.UTF_8)));
  }

  private static @Nullable Object parse(@Nullable String text) {
    try {
      return Json.read(requireNonNull(text));
    } catch (Json.MalformedJson e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object tree) {
    return tree == null ? Map.of() : (Map<String, Object>) tree;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(@Nullable Object tree) {
    return tree == null ? List.of() : (List<Object>) tree;
  }
}
