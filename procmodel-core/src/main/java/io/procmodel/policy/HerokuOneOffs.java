package io.procmodel.policy;

import io.procmodel.formation.DynoSize;

/** The platform's table (DYN-76). */
record HerokuOneOffs() implements OneOffLimit {
    private static final int ECO = 1;
    private static final int STANDARD = 50;
    private static final int PERFORMANCE = 5;

    @Override
    public int of(DynoSize size) {
        if (size.equals(DynoSize.ECO)) {
            return ECO;
        }
        return size.toString().startsWith("Performance") ? PERFORMANCE : STANDARD;
    }
}
