package io.procmodel.cgroup;

/**
 * What one control group may use.
 *
 * @param memoryBytes memory, swapped pages included; who asks for more is killed
 * @param processes processes and threads; who asks for more is refused
 * @param shares its part of a busy processor, compared with others
 */
public record Limits(long memoryBytes, int processes, int shares) {}
