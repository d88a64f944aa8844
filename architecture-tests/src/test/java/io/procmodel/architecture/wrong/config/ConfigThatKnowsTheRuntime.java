package io.procmodel.architecture.wrong.config;

import io.procmodel.architecture.wrong.runtime.RuntimeOfTheSample;

/** A sample of what the architecture forbids: the package config comes long before the package runtime. */
public record ConfigThatKnowsTheRuntime(RuntimeOfTheSample runtime) {}
