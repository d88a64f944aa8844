/**
 * What apps are, in a database that several hosts share: app state, in tables that grow by numbered steps. Open
 * {@link io.procmodel.jdbc.JdbcAppStateStore} first.
 */
@NullMarked
package io.procmodel.jdbc;

import org.jspecify.annotations.NullMarked;
