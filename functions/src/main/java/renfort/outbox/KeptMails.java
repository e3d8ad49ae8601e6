package renfort.outbox;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import renfort.environment.Environment;
import renfort.outbox.model.MailTemplate;
import renfort.storage.BadPlace;
import renfort.storage.Commit;
import renfort.storage.Database;
import renfort.storage.Database.Find;
import renfort.storage.Database.Found;
import renfort.storage.Item;
import renfort.storage.Outage;
import renfort.storage.Part;
import renfort.storage.Writes;

/**
 * The mails to one person that are still kept, by the index {@code byRecipient} (R29): told in
 * their export, removed with them. A mail is a template and ids, so that no text and no link can be
 * told.
 */
public final class KeptMails {
  private static final int PAGE = 100;

  private final Database database;
  private final String table;
  private final Clock clock;

  public KeptMails(Environment environment) {
    this.database = Database.of(environment);
    this.table = environment.variable("OUTBOX_TABLE");
    this.clock = environment.clock();
  }

  /**
   * A part of the mails to somebody, oldest first, beginning after a place if one is given, in the
   * shape of the contract's {@code KeptMail}.
   *
   * @throws BadPlace when no part gave the place
   */
  public Part<Map<String, Object>> of(
      String accountId, @Nullable String place, int limit, MailSubjects subjects) {
    Instant now = clock.instant();
    Found found =
        database.upTo(to(accountId).after(place == null ? null : key(accountId, place)), limit);
    List<Map<String, Object>> mails =
        found.items().stream()
            // removed when DynamoDB comes to it, which may take days
            .filter(row -> row.instant("until").map(now::isBefore).orElse(true))
            .map(row -> view(row, subjects))
            .toList();
    @Nullable Item last = found.last();
    return new Part<>(
        mails,
        found.items().size(),
        last == null ? null : last.number("createdAt") + "#" + last.text("id"));
  }

  private static Map<String, Object> view(Item row, MailSubjects subjects) {
    Map<String, Object> view = new LinkedHashMap<>();
    Instant createdAt = row.instant("createdAt").orElseThrow();
    view.put("at", row.instant("closedAt").orElse(createdAt).toString());
    view.put("subject", subjects.of(MailTemplate.valueOf(row.text("template"))));
    @Nullable String state = row.textOrNull("state");
    view.put("outcome", state == null ? "WAITING" : state);
    return view;
  }

  /**
   * Removes the mails to an account that was erased, whether sent or not; all but the one that
   * confirms the erasure, while it waits to be sent. The index may be late: to be repeated when it
   * has caught up.
   */
  public void forget(String accountId) {
    @Nullable Item after = null;
    do {
      Found found = database.query(to(accountId).limited(PAGE).after(after));
      Writes writes = new Writes();
      for (Item row : found.items()) {
        String id = row.text("id");
        if (!id.equals(accountId)) {
          // of what is gone already the index may still know
          delete(writes, id, "attribute_not_exists(id) OR #to = :account", accountId);
        }
      }
      if (!(database.commit(writes) instanceof Commit.Done)) {
        throw new Outage("table", new IllegalStateException("the mails change all the time"));
      }
      after = found.last();
    } while (after != null);
    Writes confirmation = new Writes();
    delete(confirmation, accountId, "attribute_not_exists(#unsent) AND #to = :account", accountId);
    // refused while it waits: the last look comes by when it has left
    var _ = database.commit(confirmation);
  }

  private void delete(Writes writes, String id, String condition, String accountId) {
    writes.delete(
        "mail", table, Database.key("id", id), condition, Item.empty().with("account", accountId));
  }

  private Find to(String accountId) {
    return Find.in(table, "byRecipient", "#to = :account", Item.empty().with("account", accountId));
  }

  private static Item key(String accountId, String place) {
    int end = place.indexOf('#');
    if (end < 1 || !place.substring(0, end).matches("\\d{1,12}")) {
      throw new BadPlace();
    }
    return Database.key("id", place.substring(end + 1))
        .with("to", accountId)
        .with("createdAt", Long.parseLong(place.substring(0, end)));
  }
}
