package renfort.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import renfort.local.Faults;
import renfort.local.Faults.Fault;
import renfort.local.Faults.Service;
import renfort.local.Invariants;
import renfort.local.LocalPlatform;
import renfort.local.Mailbox;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A mail service that refuses, loses its answers, and a sender that dies between sending and
 * marking, in the middle of a batch: every mail comes at last, and each that comes twice has a
 * cause (R26).
 */
final class FaultsMails {
  /** How far the clock is moved between two looks at what is due. */
  private static final Duration STEP = Duration.ofMinutes(30);

  /** R26: a mail is tried for 7 days. */
  private static final Duration PATIENCE = Duration.ofDays(7);

  private FaultsMails() {}

  /** Dies as a function does that runs out of memory or time: nothing catches it. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;

    Death() {
      super("killed (injected)");
    }
  }

  /** Kills whoever has sent a mail and is about to mark it, with a probability. */
  private static final class Killer implements ExecutionInterceptor {
    private final Faults faults;
    private final double probability;
    private final AtomicInteger killed = new AtomicInteger();

    Killer(Faults faults, double probability) {
      this.faults = faults;
      this.probability = probability;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      if (context.request() instanceof UpdateItemRequest update
          && update.updateExpression().contains("closedAt")
          && faults.chance(probability)) {
        killed.incrementAndGet();
        throw new Death();
      }
      return context.request();
    }
  }

  /**
   * Registers so many people while the mail service is in trouble, and goes on until every mail is
   * sent.
   */
  static FaultsBench.Part run(LocalPlatform platform, int people) {
    List<String> broken = new ArrayList<>();
    LoadTown town = LoadTown.on(platform, new LoadCaller(platform.address(), new LoadTally()));
    platform.awaitStreams();
    final int before = platform.mailbox().all().size();
    Faults faults = platform.faults();
    Killer killer = new Killer(faults, 0.1);
    List<String> emails;
    Duration took;
    int refused;
    int lost;
    try (var refusals = faults.failMails(0.3);
        var losses = faults.inject(Service.MAILS, Fault.LOST_ANSWER, call -> faults.chance(0.05));
        var _ = faults.intercept(killer)) {
      emails =
          LoadTown.together(
              people,
              4,
              () -> {
                String email = town.address();
                town.register(email).expect(202);
                return email;
              });
      took = sendAll(platform);
      refused = refusals.hits();
      lost = losses.hits();
    }
    int doubles = 0;
    for (String email : emails) {
      Map<String, Integer> subjects = new HashMap<>();
      for (Mailbox.Mail mail : platform.mailbox().to(email)) {
        subjects.merge(mail.subject(), 1, Integer::sum);
      }
      if (subjects.size() != 2) {
        broken.add(email + " lacks a mail: " + subjects);
      }
      doubles += subjects.values().stream().mapToInt(times -> times - 1).sum();
    }
    Map<String, Integer> states = new Invariants(platform).mails();
    if (states.containsKey("UNSENT") || states.containsKey("GIVEN_UP")) {
      broken.add("mails are left: " + states);
    }
    if (doubles > lost + killer.killed.get()) {
      broken.add(
          doubles
              + " mails came twice, for "
              + lost
              + " lost answers and "
              + killer.killed.get()
              + " deaths");
    }
    // of two links the later one counts: the last mail's sets the password
    if (!emails.isEmpty()) {
      town.activate(emails.getFirst());
    }
    Formatter text = new Formatter(Locale.ROOT);
    text.format(
        "mails: %d people, %d mails; the service refused %d calls, lost %d answers, the sender died"
            + " %d times%n",
        people, 2 * people, refused, lost, killer.killed.get());
    text.format(
        "  all delivered %s of moved clock later; %d came twice; outbox %s, %d mails in all%n",
        took, doubles, states, platform.mailbox().all().size() - before);
    return new FaultsBench.Part(text.toString(), broken);
  }

  /**
   * Moves the clock on until no mail is left to be sent, at most the 7 days that one is tried for.
   *
   * @return how far
   */
  static Duration sendAll(LocalPlatform platform) {
    Duration moved = Duration.ZERO;
    Invariants invariants = new Invariants(platform);
    platform.awaitStreams(Duration.ofMinutes(3));
    while (invariants.mails().containsKey("UNSENT") && moved.compareTo(PATIENCE) < 0) {
      platform.clock().advance(STEP);
      moved = moved.plus(STEP);
      try {
        var _ = platform.runSchedule("ResendMails");
      } catch (IllegalStateException e) {
        // it died on the way: the next run goes on
        if (!String.valueOf(e.getCause()).contains("ResendMails")) {
          throw e;
        }
      }
      platform.awaitStreams(Duration.ofMinutes(3));
    }
    return moved;
  }
}
