/**
 * How a host wants its dynos started, kept, replaced and stopped: values without behaviour of their own. Open
 * {@link io.procmodel.policy.AppPolicy} first.
 */
@NullMarked
package io.procmodel.policy;

import org.jspecify.annotations.NullMarked;
