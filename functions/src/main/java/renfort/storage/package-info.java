/** Items, transactions and guards: what every store shares over the low-level DynamoDB client. */
@NullMarked
package renfort.storage;

import org.jspecify.annotations.NullMarked;
