package io.procmodel.architecture.wrong.runtime;

/** What the sample of a wrong import points at. */
public record RuntimeOfTheSample(String name) {}
