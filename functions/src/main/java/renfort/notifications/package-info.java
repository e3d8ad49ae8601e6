/** Renders the mails that the outbox holds, and hands them to the mail service (R26). */
@NullMarked
package renfort.notifications;

import org.jspecify.annotations.NullMarked;
