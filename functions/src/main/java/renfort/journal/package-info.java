/**
 * Who did what, when, on whom: appended with each change, before each look, never updated (R25).
 */
@NullMarked
package renfort.journal;

import org.jspecify.annotations.NullMarked;
