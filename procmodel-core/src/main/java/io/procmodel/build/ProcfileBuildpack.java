package io.procmodel.build;

/** Takes apps as they are whose Procfile says all that there is to say. */
final class ProcfileBuildpack extends LanguageBuildpack {
    ProcfileBuildpack() {
        super("Procfile", "Procfile");
    }

    @Override
    public void compile(Build build) {
        build.output().detail("Taking the files as they are");
    }
}
