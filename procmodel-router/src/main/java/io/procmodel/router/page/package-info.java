/**
 * The pages that visitors see in place of an app, as its owner or the host wants them. Open
 * {@link io.procmodel.router.page.AppPages} first.
 */
@NullMarked
package io.procmodel.router.page;

import org.jspecify.annotations.NullMarked;
