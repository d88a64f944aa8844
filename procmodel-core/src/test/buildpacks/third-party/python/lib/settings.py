import os
import sys

build, env = sys.argv[1:]
secret = os.path.join(env, "SECRET_KEY")
print("settings of", os.path.basename(build), "with" if os.path.exists(secret) else "without", "a secret")
