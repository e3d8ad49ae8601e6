/** The rules on documents: kinds of file, their first bytes, their names. */
@NullMarked
package renfort.documents.model;

import org.jspecify.annotations.NullMarked;
