// What is different when the tool is a linker.
#pragma once

// The name of the linker that a tool is, which the build may call otherwise: that of the file behind its links. NULL when it is no linker.
const char *linker_name(const char *name, const char *real);

// Whether a linker writes down what it reads when it is asked for that (--dependency-file).
int knows_dependencies(const char *name, const char *real);

// Notes what a linker wrote down that it read: a rule of make, the files one a line behind two spaces.
void note_dependencies(int from);
