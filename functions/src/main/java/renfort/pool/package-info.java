/**
 * The POOL row of a professional: what lists show, free time, hold, and the keys it is found by.
 */
@NullMarked
package renfort.pool;

import org.jspecify.annotations.NullMarked;
