package renfort.accounts;

import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;

/**
 * What the rooms above do when something happens to an account. Both are repeated after a crash: do
 * them idempotently.
 */
public interface AccountEvents {

  /**
   * A link has set the password, so the address is theirs: the professional is confirmed (R7), the
   * requester's drafts of the last FINESS open (R8).
   *
   * @param account as it was before: confirmed already when the password is not its first
   */
  void passwordSet(Account account);

  /**
   * The account was erased; what its transaction could not do is to be finished (R29).
   *
   * @param professionalId of a professional, or null
   */
  void erased(String accountId, @Nullable String professionalId);
}
