/** What the outside gives a function: variables, clock, ids, service clients. */
@NullMarked
package renfort.environment;

import org.jspecify.annotations.NullMarked;
