/** Needs and missions: submitted, confirmed, edited, filled, cancelled, ended. */
@NullMarked
package renfort.missions;

import org.jspecify.annotations.NullMarked;
