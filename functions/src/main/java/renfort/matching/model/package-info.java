/** A candidate as seen from a mission, and the reasons told. */
@NullMarked
package renfort.matching.model;

import org.jspecify.annotations.NullMarked;
