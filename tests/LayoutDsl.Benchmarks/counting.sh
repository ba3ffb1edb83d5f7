# Sourced by scripts that count instructions: $kind is process or guest, $work a folder for what is in between.

guest() { qemu-system-x86_64 -M microvm,accel=tcg -m 16 -display none -nodefaults -serial null -no-reboot "$@"; }

instructions() {
    if [ "$kind" = process ]; then
        valgrind --tool=callgrind --callgrind-out-file=/dev/null "$1" 2>&1 >/dev/null | sed -n 's/.*I *refs: *//p' | tr -d ,
    else
        # Recording makes QEMU count. A guest that has shut down stays, and its count is then the last one in the log.
        (for _ in $(seq 600); do sleep 0.25; echo 'info status'; sleep 0.05
             grep -a -q 'VM status: paused (shutdown)' "$work/log" && break
         done
         echo 'info replay'
         echo quit) | guest -kernel "$1" -no-shutdown -monitor stdio -icount "shift=0,rr=record,rrfile=$work/record" >"$work/log" 2>&1
        grep -a -o 'instruction count = [0-9]*' "$work/log" | tail -n 1 | grep -o '[0-9]*'
    fi
}
