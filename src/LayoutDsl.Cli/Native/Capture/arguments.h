// The files that a command line names: an argument itself, or what stands behind a '=' or an option of one letter; of a response file, those of its arguments too.
#pragma once

// Notes what is there before a tool runs, but not at the place of its output: that belongs to an earlier build.
void note_inputs(int argc, char **argv, int is_link);

// Notes what is there now and was not noted before.
void note_outputs(int argc, char **argv);

// Whether a tool reads its standard input to the end: 'dd' without a file, an interpreter without a script, or whoever is told to.
int reads_input(const char *name, int argc, char **argv);
