/** Requesters of an establishment and the settings of a region. */
@NullMarked
package renfort.establishments.model;

import org.jspecify.annotations.NullMarked;
