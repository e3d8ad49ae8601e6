/** Who is proposed for a mission, in which order, and why (R11-R15). */
@NullMarked
package renfort.matching;

import org.jspecify.annotations.NullMarked;
