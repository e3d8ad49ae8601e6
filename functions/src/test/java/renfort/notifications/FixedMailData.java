package renfort.notifications;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.outbox.MailData;

/** A small world for the mails to speak of. */
final class FixedMailData implements MailData {
  static final Person PROFESSIONAL =
      new Person(
          "professional",
          "anne@exemple.fr",
          "Anne",
          "Durand",
          "PROFESSIONAL",
          false,
          false,
          true,
          "anne",
          null);
  static final Person REQUESTER =
      new Person(
          "requester",
          "claire@exemple.fr",
          "Claire",
          "Lefèvre",
          "REQUESTER",
          true,
          false,
          true,
          null,
          new Place("Centre hospitalier d'Auch", "Auch"));
  static final Person AGENCY =
      new Person(
          "agency",
          "ars.76@exemple.fr",
          "ARS",
          "Occitanie",
          "AGENCY",
          false,
          false,
          true,
          null,
          null);

  final Map<String, Person> people = new HashMap<>();
  final Map<String, MissionFacts> missions = new HashMap<>();
  final Map<String, Professional> professionals = new HashMap<>();
  final List<Person> approved = new ArrayList<>();
  @Nullable Person submitter = REQUESTER;
  @Nullable Hold hold = new Hold(Instant.parse("2026-11-23T18:40:00Z"), ZoneId.of("Europe/Paris"));

  FixedMailData() {
    people.put("professional", PROFESSIONAL);
    people.put("requester", REQUESTER);
    people.put("agency", AGENCY);
    missions.put(
        "mission",
        new MissionFacts(
            "Aide-soignant",
            LocalDate.of(2026, 12, 1),
            LocalDate.of(2026, 12, 15),
            new Place("EHPAD Les Tilleuls", "Toulouse"),
            null));
    professionals.put(
        "anne",
        new Professional("Anne", "Durand", "Infirmier diplômé d'État", "Occitanie", "31000"));
  }

  @Override
  public Optional<Person> person(String accountId) {
    return Optional.ofNullable(people.get(accountId));
  }

  @Override
  public Optional<Person> erased(String accountId) {
    return Optional.ofNullable(people.get(accountId))
        .map(
            person ->
                new Person(accountId, person.email(), "", "", "", false, false, false, null, null));
  }

  @Override
  public Optional<MissionFacts> mission(String missionId) {
    return Optional.ofNullable(missions.get(missionId));
  }

  @Override
  public Optional<Professional> professional(String professionalId) {
    return Optional.ofNullable(professionals.get(professionalId));
  }

  @Override
  public Optional<Hold> hold(String missionId, String professionalId) {
    return Optional.ofNullable(hold);
  }

  @Override
  public Optional<Person> submitterOf(String missionId) {
    return Optional.ofNullable(submitter);
  }

  @Override
  public List<Person> agencyOf(String missionId) {
    return Optional.ofNullable(people.get("agency")).stream().toList();
  }

  @Override
  public List<Person> agencyOfAccount(String accountId) {
    return Optional.ofNullable(people.get("agency")).stream().toList();
  }

  @Override
  public List<Person> approvedRequestersOf(String missionId) {
    return approved;
  }
}
