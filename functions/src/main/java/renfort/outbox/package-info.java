/** Mails to be sent, stored in the transaction of their cause (R26). */
@NullMarked
package renfort.outbox;

import org.jspecify.annotations.NullMarked;
