<?php

namespace Board;

final class Greeter
{
    public function greet(string $greeting, string $dyno): string
    {
        return "$greeting from Composer in $dyno\n";
    }
}
