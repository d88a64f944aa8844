#!/usr/bin/env bash
# Sourced.

function output::step() {
	sed --unbuffered "s/^/-----> /"
}

function output::indented() {
	sed --unbuffered "s/^/       /"
}

function output::error() {
	{
		echo
		sed --unbuffered "s/^/ !     /"
	} >&2
}
