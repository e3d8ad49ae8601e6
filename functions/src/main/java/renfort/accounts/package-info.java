/** Accounts, links, passwords and sessions; what an account may do is known here alone. */
@NullMarked
package renfort.accounts;

import org.jspecify.annotations.NullMarked;
