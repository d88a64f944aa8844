package io.procmodel.formation;

/** What an expression that names only some process types means for the others; {@code release} stays at 0 always. */
public enum UnnamedTypes {
    /** They get no dyno, as with foreman. */
    ZERO,
    /** They get one dyno, as with overmind. */
    ONE
}
