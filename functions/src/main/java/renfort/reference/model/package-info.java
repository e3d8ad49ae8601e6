/** Values and rules of the field: positions, identifiers, telephone numbers, the codes of forms. */
@NullMarked
package renfort.reference.model;

import org.jspecify.annotations.NullMarked;
