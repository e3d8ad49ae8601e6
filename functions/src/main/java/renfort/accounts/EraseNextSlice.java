package renfort.accounts;

import java.util.List;
import java.util.Optional;
import renfort.accounts.Erasures.Erasure;
import renfort.environment.Environment;
import renfort.outbox.KeptMails;

/**
 * Does what is left of an erasure, a slice at a time (R29). A pass that begins when the indexes
 * have caught up, and finds nothing left, is the last. Repeated at will.
 */
final class EraseNextSlice {
  private final Erasures erasures;
  private final Passwords passwords;
  private final KeptMails mails;
  private final List<AccountEvents> events;

  EraseNextSlice(Environment environment, List<AccountEvents> events) {
    this.erasures = new Erasures(environment);
    this.passwords = new Passwords(environment);
    this.mails = new KeptMails(environment);
    this.events = events;
  }

  /** Does the next slice of an account's erasure, if there is one. */
  void nextOf(String accountId) {
    Optional<Erasure> found = erasures.find(accountId);
    if (found.isEmpty()) {
      return;
    }
    Erasure erasure = found.get();
    boolean last = erasures.isSettled(erasure) && erasure.place() == null;
    passwords.delete(accountId);
    for (AccountEvents event : events) {
      Optional<String> place = event.erased(accountId, erasure.professionalId(), erasure.place());
      if (place.isPresent()) {
        erasures.goOn(erasure, place.get());
        return;
      }
    }
    mails.forget(accountId);
    if (last && erasure.isConfirmed()) {
      erasures.finish(erasure);
    } else {
      erasures.rest(erasure);
    }
  }
}
