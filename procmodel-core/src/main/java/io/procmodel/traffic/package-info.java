/**
 * Between the web dynos and whoever sends requests to them: what a router must know about an app, and what the platform
 * must know from a router before it stops a dyno or puts it to sleep. Open {@link io.procmodel.traffic.FrontDoor} first.
 */
@NullMarked
package io.procmodel.traffic;

import org.jspecify.annotations.NullMarked;
