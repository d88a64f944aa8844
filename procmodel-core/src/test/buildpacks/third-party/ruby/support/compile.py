import os, pathlib, shutil, subprocess, sys, tempfile

build, cache, env = map(pathlib.Path, sys.argv[1:4])
print("-----> Using Ruby version: ruby-" + os.environ["STACK"])
print("-----> Installing dependencies")
with tempfile.TemporaryDirectory() as place:
    # Two streams of a child, one of them long before the other is read.
    child = subprocess.Popen(
        ["sh", "-c", "for i in 1 2 3; do echo Fetching gem $i; echo deprecated $i >&2; done"],
        cwd=place, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in child.stdout:
        print("       " + line, end="")
    assert child.wait() == 0
kept = cache / "vendor" / "bundle"
kept.mkdir(parents=True, exist_ok=True)
(kept / "gem").write_text("gem")
shutil.copytree(kept, build / "vendor" / "bundle", symlinks=True, dirs_exist_ok=True)
(build / "bin").mkdir(exist_ok=True)
bundle = build / "bin" / "bundle"
bundle.write_text("#!/bin/sh\nshift\nexec \"$@\"\n")
bundle.chmod(0o755)
profile = build / ".profile.d" / "ruby.sh"
profile.parent.mkdir(exist_ok=True)
profile.write_text('export PATH="$HOME/bin:$PATH"\nexport GEM_PATH="$HOME/vendor/bundle:$GEM_PATH"\n')
os.chmod(build / "vendor", 0o700)
