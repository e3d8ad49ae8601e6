package renfort.professionals;

import static java.util.Comparator.comparing;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountView;
import renfort.accounts.ActorNames;
import renfort.accounts.model.Account;
import renfort.environment.Environment;
import renfort.journal.Journal;
import renfort.journal.Journal.Entry;
import renfort.journal.Journal.Subject;
import renfort.pool.model.PoolRow;
import renfort.professionals.model.Sheet;
import renfort.storage.BadPlace;

/**
 * All that is held on a volunteer (R25, R29), in one answer for nearly everybody. What is longer
 * than an answer may take goes on at a place, part by part.
 */
final class ExportProfessional {
  /** How many rows one answer holds: what is read within two seconds. */
  static final int ROWS = 1500;

  private final Journal journal;
  private final Ties ties;
  private final ListViews views;
  private final ActorNames names;
  private final Clock clock;

  ExportProfessional(Environment environment, Ties ties) {
    this.journal = new Journal(environment);
    this.ties = ties;
    this.views = new ListViews(environment);
    this.names = new ActorNames(environment);
    this.clock = environment.clock();
  }

  /** What may be long, in the order in which it is given. Names stand in cursors. */
  private enum Part {
    CANDIDACIES,
    ACCOUNT,
    JOURNAL,
    LISTS
  }

  /**
   * An answer.
   *
   * @param body as the contract has it, without the cursor
   * @param next the place where the next answer begins, or null when all was given
   */
  record Answer(Map<String, Object> body, @Nullable Map<String, String> next) {}

  /**
   * One answer.
   *
   * @param place where the answer before ended; empty at the beginning
   */
  Answer answer(Account account, Sheet sheet, PoolRow row, Map<String, String> place) {
    Reading reading = new Reading(account.accountId(), sheet.professionalId());
    @Nullable Map<String, String> next = reading.from(place);
    Map<String, Object> export = new LinkedHashMap<>();
    export.put("exportedAt", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    export.put("account", AccountView.of(account));
    export.put("profile", SheetView.of(sheet, row.available(), account.isConfirmed()));
    export.put("consent", Map.of("at", sheet.consentAt().toString()));
    export.put("candidacies", reading.rows.getOrDefault(Part.CANDIDACIES, List.of()));
    export.put("lists", reading.rows.getOrDefault(Part.LISTS, List.of()));
    export.put("journal", told(reading.entries, account.accountId()));
    return new Answer(export, next);
  }

  private List<Map<String, Object>> told(List<Entry> entries, String self) {
    Map<String, String> by = names.of(entries.stream().map(Entry::actor).toList(), self);
    return entries.stream().sorted(comparing(Entry::at)).map(entry -> entry.view(by)).toList();
  }

  /** What one answer reads: as many rows as it holds, part after part. */
  private final class Reading {
    private final String accountId;
    private final String professionalId;
    private final Map<Part, List<Map<String, Object>>> rows = new EnumMap<>(Part.class);
    private final List<Entry> entries = new ArrayList<>();
    private int left = ROWS;

    Reading(String accountId, String professionalId) {
      this.accountId = accountId;
      this.professionalId = professionalId;
    }

    @Nullable Map<String, String> from(Map<String, String> place) {
      Part first = part(place.getOrDefault("part", Part.CANDIDACIES.name()));
      @Nullable String at = place.get("at");
      for (Part part : Part.values()) {
        if (part.compareTo(first) < 0) {
          continue;
        }
        if (left <= 0) {
          return Map.of("part", part.name());
        }
        Optional<String> next = read(part, at);
        if (next.isPresent()) {
          return Map.of("part", part.name(), "at", next.get());
        }
        at = null;
      }
      return null;
    }

    private Optional<String> read(Part part, @Nullable String at) {
      return switch (part) {
        case CANDIDACIES -> {
          Ties.Part candidacies = ties.export(professionalId, at, left);
          rows.put(part, candidacies.items());
          left -= candidacies.read();
          yield Optional.ofNullable(candidacies.next());
        }
        case LISTS -> {
          ListViews.Part lists = views.of(professionalId, at, left);
          rows.put(part, lists.views());
          left -= lists.views().size();
          yield Optional.ofNullable(lists.next());
        }
        case ACCOUNT -> entries(Subject.account(accountId), at);
        case JOURNAL -> entries(Subject.professional(professionalId), at);
      };
    }

    private Optional<String> entries(Subject subject, @Nullable String at) {
      Journal.Part part = journal.partOf(subject, at, left);
      entries.addAll(part.entries());
      left -= part.entries().size();
      return Optional.ofNullable(part.next());
    }
  }

  private static Part part(String name) {
    return Arrays.stream(Part.values())
        .filter(part -> part.name().equals(name))
        .findFirst()
        .orElseThrow(BadPlace::new);
  }
}
