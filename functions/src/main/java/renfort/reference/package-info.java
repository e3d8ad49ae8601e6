/**
 * What does not change while the system runs: professions, regions and their agencies,
 * départements, communes and postcodes. Everything but {@link renfort.reference.Communes} is cheap
 * to load.
 */
@NullMarked
package renfort.reference;

import org.jspecify.annotations.NullMarked;
