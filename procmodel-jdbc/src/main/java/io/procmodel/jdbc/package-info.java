/**
 * What apps are, in a database that several hosts share: release ledgers and app state, in tables that grow by numbered
 * steps. Open {@link io.procmodel.jdbc.JdbcReleaseLedgers} first.
 */
@NullMarked
package io.procmodel.jdbc;

import org.jspecify.annotations.NullMarked;
