/** The whole system on a laptop, in one process: the real functions on real or imitated parts. */
@NullMarked
package renfort.local;

import org.jspecify.annotations.NullMarked;
