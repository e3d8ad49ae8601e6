/** What a stored mail says: a template and ids, never a text or a token. */
@NullMarked
package renfort.outbox.model;

import org.jspecify.annotations.NullMarked;
