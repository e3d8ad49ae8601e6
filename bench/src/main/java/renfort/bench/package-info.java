/** Measures the functions on the local platform: what matching costs, and whether it is right. */
@NullMarked
package renfort.bench;

import org.jspecify.annotations.NullMarked;
