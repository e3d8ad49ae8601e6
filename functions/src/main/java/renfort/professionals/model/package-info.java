/** What a sheet says, and the rule of shared identifiers (R7). */
@NullMarked
package renfort.professionals.model;

import org.jspecify.annotations.NullMarked;
