/** A candidacy and its state table. */
@NullMarked
package renfort.candidacies.model;

import org.jspecify.annotations.NullMarked;
