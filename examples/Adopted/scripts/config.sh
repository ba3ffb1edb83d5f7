#!/bin/sh
# config.sh FOLDER FILE...: merges configuration files, later ones win, into FOLDER/config.mk for make and FOLDER/include/config.h for C.
set -eu
folder=$1
shift
cat "$@" | awk -v mk="$folder/config.mk.tmp" -v header="$folder/include/config.h.tmp" '
    /^[ \t]*(#|$)/ { next }
    !/^CONFIG_[A-Z0-9_]+=/ { printf "config: what is \"%s\"?\n", $0 > "/dev/stderr"; failed = 1; next }
    { name = substr($0, 1, index($0, "=") - 1); if (!(name in value)) order[++count] = name; value[name] = substr($0, index($0, "=") + 1) }
    END {
        if (failed) exit 1
        print "/* Written by config.sh. */" > header
        print "# Written by config.sh." > mk
        for (i = 1; i <= count; i++) {
            name = order[i]
            if (value[name] == "n") continue
            print name " := " value[name] > mk
            print "#define " name " " (value[name] == "y" ? 1 : value[name]) > header
        }
    }'
mv "$folder/include/config.h.tmp" "$folder/include/config.h"
mv "$folder/config.mk.tmp" "$folder/config.mk"
