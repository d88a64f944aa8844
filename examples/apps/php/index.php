<?php

header('Content-Type: text/plain; charset=utf-8');
echo getenv('GREETING') ?: 'hello', ' from PHP in ', getenv('DYNO'), "\n";
