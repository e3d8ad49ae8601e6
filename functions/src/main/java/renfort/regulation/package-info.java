/** What regional agencies and the national level do: lists, modes, priorities, approvals. */
@NullMarked
package renfort.regulation;

import org.jspecify.annotations.NullMarked;
