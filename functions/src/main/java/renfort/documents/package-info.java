/**
 * Identity documents and diplomas (R3): slots to upload to, claimed once by a sheet, shown by
 * short-lived links.
 */
@NullMarked
package renfort.documents;

import org.jspecify.annotations.NullMarked;
