/** What public forms brought, and the worker that makes of it what it should be (R1). */
@NullMarked
package renfort.inbox;

import org.jspecify.annotations.NullMarked;
