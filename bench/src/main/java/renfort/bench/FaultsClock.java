package renfort.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import renfort.bench.LoadTown.Requester;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;

/**
 * A clock that jumps, forwards and backwards: a hold ends when R16 says and binds nobody after, a
 * reminder is sent once, a link lasts its 72 hours and is used once.
 */
final class FaultsClock {
  private final LocalPlatform platform;
  private final LoadCaller caller;
  private final LoadTown town;
  private final List<String> broken = new ArrayList<>();
  private int looks;

  private FaultsClock(LocalPlatform platform) {
    this.platform = platform;
    caller = new LoadCaller(platform.address(), new LoadTally());
    town = LoadTown.on(platform, caller);
  }

  static FaultsBench.Part run(LocalPlatform platform) {
    FaultsClock clock = new FaultsClock(platform);
    clock.holds();
    platform.clock().reset();
    clock.reminders();
    platform.clock().reset();
    clock.links();
    platform.clock().reset();
    return new FaultsBench.Part(
        "clock: %d looks at holds, reminders and links, as far as 4 days ahead and back%n"
            .formatted(clock.looks),
        clock.broken);
  }

  private void holds() {
    String person = town.volunteer();
    Requester first = town.requester();
    Requester second = town.requester();
    String one = town.submit(town.token(first.email()), 1, 5);
    String other = town.submit(town.token(second.email()), 1, 5);
    String id =
        caller
            .call("me", "GET", "/api/me", town.token(person), null)
            .expect(200)
            .json()
            .path("professionalId")
            .asText();
    Instant until =
        Instant.parse(contact(first, one, id).expect(200).json().path("heldUntil").asText());
    expect(
        "a hold lasts 36 hours",
        36 * 3600L,
        Duration.between(platform.clock().instant(), until).plusSeconds(30).toHours() * 3600L);
    platform.clock().set(until.minusSeconds(30));
    expect("held half a minute before its end", 409, contact(second, other, id).status());
    platform.clock().advance(Duration.ofHours(-20));
    expect("held after a jump back", 409, contact(second, other, id).status());
    expect(
        "the same contact, the same end",
        until.toString(),
        contact(first, one, id).expect(200).json().path("heldUntil").asText());
    platform.clock().set(until.plusSeconds(1));
    expect("over, it cannot be affected", "EXPIRED", affect(first, one, id));
    expect("free for others once it is over", 200, contact(second, other, id).status());
    // the clock of another instance may be behind: the old hold seems to live there
    platform.clock().set(until.minusSeconds(30));
    String late = affect(first, one, id);
    expect(
        "what another holds by now cannot be affected by a late clock",
        true,
        !late.equals("AFFECTED"));
    expect("the new hold binds on a late clock", "AFFECTED", affect(second, other, id));
    platform.clock().set(until.plusSeconds(60));
    var _ = platform.runSchedule("SweepHolds");
    platform.awaitStreams();
    broken.addAll(new Invariants(platform).broken());
  }

  private void reminders() {
    var _ = town.volunteer();
    Requester requester = town.requester();
    String mission = town.submit(town.token(requester.email()), 1, 5);
    JsonNode page =
        caller
            .call(
                "page",
                "GET",
                "/api/missions/" + mission + "/candidates",
                town.token(requester.email()),
                null)
            .expect(200)
            .json();
    String id = page.at("/items/0/professionalId").asText();
    Instant until =
        Instant.parse(
            contact(requester, mission, id).expect(200).json().path("heldUntil").asText());
    int before = reminders(requester);
    for (int hours : new int[] {7, 5, 10, 5, 1}) {
      platform.awaitStreams();
      platform.clock().set(until.minus(Duration.ofHours(hours)));
      var _ = platform.runSchedule("SweepHolds");
    }
    platform.awaitStreams();
    expect("one reminder, however often its time comes", 1, reminders(requester) - before);
    platform.clock().set(until.plusSeconds(1));
    for (int i = 0; i < 3; i++) {
      var _ = platform.runSchedule("SweepHolds");
      platform.awaitStreams();
      platform.clock().advance(Duration.ofHours(-1));
    }
    platform.clock().set(until.plusSeconds(60));
    broken.addAll(new Invariants(platform).broken());
  }

  private int reminders(Requester requester) {
    return (int)
        platform.mailbox().to(requester.email()).stream()
            .filter(mail -> mail.subject().contains("attend votre réponse"))
            .count();
  }

  private void links() {
    String early = town.address();
    String late = town.address();
    town.register(early).expect(202);
    town.register(late).expect(202);
    String first = town.link(early).orElseThrow();
    String second = town.link(late).orElseThrow();
    Instant minted = platform.clock().instant();
    platform.clock().set(minted.plus(Duration.ofDays(3)).minusSeconds(60));
    expect("a link of 72 hours less a minute", 204, set(first));
    platform.clock().set(minted.plus(Duration.ofHours(73)));
    expect("a link of 73 hours", 410, set(second));
    platform.clock().set(minted);
    expect("a used link after a jump back", 410, set(first));
    platform.clock().set(minted.plus(Duration.ofDays(4)));
    expect("an old link after a jump ahead", 410, set(second));
  }

  private int set(String token) {
    return caller
        .call(
            "set password",
            "POST",
            "/api/passwords",
            null,
            Map.of("token", token, "password", LoadTown.PASSWORD))
        .status();
  }

  private LoadCaller.Answer contact(Requester requester, String mission, String person) {
    return caller.call(
        "contact",
        "POST",
        "/api/missions/" + mission + "/candidates/" + person + "/contact",
        town.token(requester.email()),
        null);
  }

  private String affect(Requester requester, String mission, String person) {
    return caller
        .call(
            "affect",
            "POST",
            "/api/missions/" + mission + "/affectations",
            town.token(requester.email()),
            Map.of("professionalIds", List.of(person)))
        .expect(200)
        .json()
        .at("/results/0/outcome")
        .asText();
  }

  private void expect(String what, Object wanted, Object found) {
    looks++;
    if (!wanted.equals(found)) {
      broken.add("%s: %s instead of %s".formatted(what, found, wanted));
    }
  }
}
