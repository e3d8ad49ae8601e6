/** A mission and the rules of its states (R8, R10, R16, R18, R20). */
@NullMarked
package renfort.missions.model;

import org.jspecify.annotations.NullMarked;
