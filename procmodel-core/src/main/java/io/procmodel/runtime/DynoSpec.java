package io.procmodel.runtime;

import io.procmodel.config.ConfigVars;
import io.procmodel.dyno.DynoName;
import io.procmodel.log.LogSource;
import io.procmodel.name.AppName;
import io.procmodel.slug.Slug;

/**
 * What a runtime is asked to run.
 *
 * @param app the app
 * @param name the dyno's name
 * @param slug the files it runs on, as a fresh copy of its own
 * @param command the command, for a shell
 * @param config the config vars of its release; the runtime adds what belongs to the machine, such as {@code PORT}
 * @param web whether it gets a port
 * @param output where its output goes; the runtime closes it after the last byte
 */
public record DynoSpec(
        AppName app, DynoName name, Slug slug, String command, ConfigVars config, boolean web, LogSource output) {}
