/** Establishments, those who act for them, and how their regions are regulated. */
@NullMarked
package renfort.establishments;

import org.jspecify.annotations.NullMarked;
