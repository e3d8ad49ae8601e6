/** The volunteers' own sheets: registered, edited, switched, exported, erased. */
@NullMarked
package renfort.professionals;

import org.jspecify.annotations.NullMarked;
