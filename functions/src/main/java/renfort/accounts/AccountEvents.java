package renfort.accounts;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import renfort.accounts.model.Account;
import renfort.storage.Writes;

/** What the rooms above do when something happens to an account. */
public interface AccountEvents {

  /**
   * A link sets the password, so the address is theirs: the professional is confirmed (R7), the
   * drafts of this very submission open (R8). All of it belongs to the transaction that decides
   * whose the address is; it may be refused, and then this is asked again of the account as it is
   * by then.
   *
   * @param writes what is added goes with the decision or not at all
   * @param account as it was before: confirmed already when the password is not its first
   * @return the account as it is to be: whom it acts for, and whether it may
   */
  Account passwordSet(Writes writes, Account account);

  /**
   * Another submission has proved the address of this unproved one (R1): it is erased, and who
   * counted on it is told. Asked again after a crash, for those that are left.
   */
  void superseded(Account unproved);

  /**
   * The account was closed: a slice of what its transaction left is to be done (R29). An order of
   * its own, not bound to a row of the accounts table: whatever was freed before is freed again
   * without harm.
   *
   * @param professionalId of a professional, or null
   * @param place where the slice before ended, or null at the beginning
   * @return where the next slice begins, or nothing when all is done
   */
  Optional<String> erased(
      String accountId, @Nullable String professionalId, @Nullable String place);
}
