package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import java.util.SplittableRandom;

/**
 * Stands in for chance where dynos must not all act at the same moment: a number from 0 to 1 that is the same for the same
 * dyno and occasion, so that a decision stays a pure function.
 */
final class Spread {
    private Spread() {}

    static double of(DynoName name, long occasion) {
        long seed = ((long) name.toString().hashCode() << Integer.SIZE) + occasion;
        return new SplittableRandom(seed).nextDouble();
    }
}
