/**
 * Every change of a candidacy: contacted, affected, refused, released, pushed, declined, expired.
 */
@NullMarked
package renfort.candidacies;

import org.jspecify.annotations.NullMarked;
