/**
 * JSON as the library itself writes it: fields in a fixed order, nothing quoted in an error. Not exported. Open
 * {@link io.procmodel.json.JsonFields} first.
 */
@NullMarked
package io.procmodel.json;

import org.jspecify.annotations.NullMarked;
