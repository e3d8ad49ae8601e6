package renfort.accounts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import renfort.accounts.Scene.Answer;
import renfort.accounts.Scene.Call;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Guards;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Writes;
import renfort.web.ApiHandler;
import renfort.web.Idempotency;
import renfort.web.Idempotency.Once;
import renfort.web.Request;
import renfort.web.Response;

/** When the answer to a key is kept (contract: one effect per key for 24 hours). */
class IdempotencyTest {
  private final Scene scene = new Scene();
  private final Database database = Database.of(scene.environment);
  private int uses;

  @Test
  void anAnswerKeptWithItsEffectTakesOneTransaction() {
    Answer first = ask(once -> effect(once, "attribute_not_exists(guard)"));

    assertEquals(Map.of("use", 1), first.tree());
    assertEquals(1, scene.tables.calls.stream().filter("transact"::equals).count());
    assertEquals(first, ask(once -> effect(once, "attribute_not_exists(guard)")));
    assertEquals(1, uses);
  }

  @Test
  void anAnswerWhoseTransactionWasRefusedIsKeptByItself() {
    // somebody else was faster, and what was wished is so already
    Answer first = ask(once -> effect(once, "attribute_exists(guard)"));

    assertEquals(Map.of("use", 1), first.tree());
    assertEquals(first, ask(once -> effect(once, "attribute_exists(guard)")));
    assertEquals(1, uses);
  }

  @Test
  void whatFailedIsTriedAgainAtOnce() {
    assertEquals(
        503,
        ask(once -> {
              throw new Outage("table", new IllegalStateException());
            })
            .status());
    assertEquals(200, ask(once -> effect(once, "attribute_not_exists(guard)")).status());
  }

  private Response effect(Once once, String condition) {
    uses++;
    Response answer = Response.ok(Map.of("use", uses));
    Writes writes = new Writes();
    writes.put("effect", "guards", Guards.key("EFFECT"), condition, Item.empty());
    once.keep(writes, answer);
    Commit commit = database.commit(writes);
    assertEquals(condition.contains("not"), commit instanceof Commit.Done);
    return answer;
  }

  private Answer ask(Function<Once, Response> use) {
    Idempotency idempotency = new Idempotency(scene.environment);
    return new Call("POST /api/password-links")
        .header("idempotency-key", "k1")
        .with("email", Scene.EMAIL)
        .to(
            new ApiHandler(scene.environment) {
              @Override
              protected Response handle(Request request) {
                return idempotency.once(request, null, use);
              }
            });
  }
}
