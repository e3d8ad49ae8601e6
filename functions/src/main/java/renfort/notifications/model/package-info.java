/** What a mail looks like: places to fill, French dates, the letter that is sent. */
@NullMarked
package renfort.notifications.model;

import org.jspecify.annotations.NullMarked;
