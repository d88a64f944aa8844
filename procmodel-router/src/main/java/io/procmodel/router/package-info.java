/**
 * The front door: sends the requests of clients to the web dynos of a platform's apps, as Heroku's router does. Open
 * {@link io.procmodel.router.Router} first.
 */
@NullMarked
package io.procmodel.router;

import org.jspecify.annotations.NullMarked;
