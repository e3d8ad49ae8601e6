package renfort.notifications;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.AccountStore;
import renfort.accounts.Erasures;
import renfort.accounts.model.Account;
import renfort.accounts.model.Establishment;
import renfort.environment.Environment;
import renfort.establishments.EstablishmentStore;
import renfort.establishments.model.Requester;
import renfort.missions.MissionStore;
import renfort.missions.model.Closure;
import renfort.missions.model.Mission;
import renfort.outbox.MailData;
import renfort.pool.PoolStore;
import renfort.pool.model.PoolRow;
import renfort.reference.Professions;
import renfort.reference.Regions;

/** What the mails say, as the rooms know it now: base rows, read consistently. */
final class MailDataOfRooms implements MailData {
  private final AccountStore accounts;
  private final Erasures erasures;
  private final EstablishmentStore establishments;
  private final MissionStore missions;
  private final PoolStore pool;
  private final Clock clock;

  MailDataOfRooms(Environment environment) {
    this.accounts = new AccountStore(environment);
    this.erasures = new Erasures(environment);
    this.establishments = new EstablishmentStore(environment);
    this.missions = new MissionStore(environment);
    this.pool = new PoolStore(environment);
    this.clock = environment.clock();
  }

  @Override
  public Optional<Person> person(String accountId) {
    return accounts.find(accountId).filter(Account::enabled).map(MailDataOfRooms::person);
  }

  @Override
  public Optional<Person> erased(String accountId) {
    return erasures
        .address(accountId)
        .map(email -> new Person(accountId, email, "", "", "", false, false, false, null, null));
  }

  @Override
  public Optional<MissionFacts> mission(String missionId) {
    return missions
        .find(missionId)
        .map(
            mission ->
                new MissionFacts(
                    label(mission.terms().profession()),
                    mission.terms().start(),
                    mission.terms().end(),
                    place(mission.establishment()),
                    closing(mission.closure())));
  }

  @Override
  public Optional<Professional> professional(String professionalId) {
    return pool.find(professionalId)
        .map(
            row ->
                new Professional(
                    row.firstName(),
                    row.lastName(),
                    label(row.profession()),
                    Regions.find(row.region()).orElseThrow().name(),
                    row.postalCode()));
  }

  @Override
  public Optional<Hold> hold(String missionId, String professionalId) {
    Instant now = clock.instant();
    return pool.find(professionalId)
        .map(PoolRow::hold)
        .filter(hold -> hold.missionId().equals(missionId) && hold.isLive(now))
        .flatMap(
            hold ->
                missions
                    .find(missionId)
                    .map(Mission::establishment)
                    .flatMap(establishment -> Regions.find(establishment.region()))
                    .map(region -> new Hold(hold.until(), region.zone())));
  }

  @Override
  public Optional<Person> submitterOf(String missionId) {
    return missions
        .find(missionId)
        .flatMap(
            mission ->
                accounts.find(mission.submittedBy()).filter(account -> actsFor(account, mission)))
        .map(MailDataOfRooms::person);
  }

  @Override
  public List<Person> approvedRequestersOf(String missionId) {
    return missions.find(missionId).map(Mission::establishment).stream()
        .flatMap(
            establishment ->
                establishments.known(establishment.finess(), 0).requesters().stream()
                    .filter(Requester::isApproved)
                    .filter(one -> one.establishment().isInRegionOf(establishment)))
        // authority lives on the account alone
        .flatMap(requester -> accounts.find(requester.accountId()).stream())
        .filter(account -> account.enabled() && account.approved())
        .map(MailDataOfRooms::person)
        .toList();
  }

  @Override
  public List<Person> agencyOf(String missionId) {
    return staffOf(missions.find(missionId).map(mission -> mission.establishment().region()));
  }

  @Override
  public List<Person> agencyOfAccount(String accountId) {
    return staffOf(accounts.find(accountId).flatMap(Account::regionCode));
  }

  private List<Person> staffOf(Optional<String> region) {
    return region.map(accounts::staffOf).orElse(List.of()).stream()
        .map(MailDataOfRooms::person)
        .toList();
  }

  private static @Nullable Closing closing(@Nullable Closure closure) {
    return closure == null ? null : new Closing(closure.reason().name(), closure.text());
  }

  /** An approved requester acts for the establishment, another for their own missions (R11). */
  private static boolean actsFor(Account account, Mission mission) {
    return account.enabled()
        && (!account.approved() || mission.establishment().isSameAs(account.establishment()));
  }

  private static Person person(Account account) {
    @Nullable Establishment establishment = account.establishment();
    return new Person(
        account.accountId(),
        account.email(),
        account.firstName(),
        account.lastName(),
        account.role().name(),
        account.approved(),
        account.undeliverable(),
        account.isConfirmed(),
        account.professionalId(),
        establishment == null ? null : place(establishment));
  }

  private static Place place(Establishment establishment) {
    return new Place(establishment.name(), establishment.city());
  }

  private static String label(String profession) {
    return Professions.find(profession).orElseThrow().label();
  }
}
