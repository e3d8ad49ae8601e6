/** Free time, holds and the rule of who matches (R12). */
@NullMarked
package renfort.pool.model;

import org.jspecify.annotations.NullMarked;
