/** An account and the rules of links and passwords. */
@NullMarked
package renfort.accounts.model;

import org.jspecify.annotations.NullMarked;
