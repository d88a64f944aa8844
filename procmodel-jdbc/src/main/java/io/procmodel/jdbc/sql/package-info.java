/**
 * How this module speaks to a database: dialects, transactions that are retried, and the schema's numbered steps. Not
 * exported. Open {@link io.procmodel.jdbc.sql.Database} first.
 */
@NullMarked
package io.procmodel.jdbc.sql;

import org.jspecify.annotations.NullMarked;
