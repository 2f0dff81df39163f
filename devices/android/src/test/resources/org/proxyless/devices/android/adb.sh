#!/bin/sh
# Answers like adb with one phone, from files beside it; the phone's own files lie in the folder
# "phone". A network takes 100 microseconds and one more for each 64 bytes of its file.
here=$(dirname "$0")
echo "$*" >> "$here/log"
if [ "$1" = devices ]; then
  echo "* daemon not running; starting now at tcp:5037"
  echo "List of devices attached"
  cat "$here/devices"
  exit 0
fi
if [ "$3" = push ]; then
  if [ -f "$here/full" ]; then
    echo "adb: error: failed to copy '$4' to '$5': remote write failed: No space left on device"
    exit 1
  fi
  cp "$4" "$here/phone/$(basename "$5")" && echo "$4: 1 file pushed."
  exit 0
fi
case "$4" in
  *"getprop ro.product.manufacturer"*)
    cat "$here/facts" ;;
  *thermalservice*)
    cat "$here/thermal" ;;
  "rm -rf"*)
    rm -rf "$here/phone"; echo proxyless-exit=0 ;;
  "mkdir"*)
    mkdir -p "$here/phone"; echo proxyless-exit=0 ;;
  "rm -f"*)
    rm "$here/phone/$(basename "$(echo "$4" | cut -d' ' -f3 | tr -d ';')")"
    echo proxyless-exit=0 ;;
  chmod*)
    echo proxyless-exit=0 ;;
  taskset*)
    if [ -f "$here/broken" ]; then cat "$here/broken"; exit 0; fi
    file=$(echo "$4" | sed 's/.*--graph=[^ ]*\/\([^ ]*\) .*/\1/')
    size=$(wc -c < "$here/phone/$file")
    micros=$((100 + size / 64))
    cat "$here/delegate"
    echo "INFO: count=3 first=$((2 * micros)) curr=$micros min=$micros max=$((2 * micros)) avg=$micros.5 std=9"
    echo "INFO: count=40 first=$micros curr=$micros min=$micros max=$((micros + 9)) avg=$micros.5 std=1"
    echo "INFO: Inference timings in us: Init: 855, First inference: $micros, Warmup (avg): $micros, Inference (avg): $micros"
    echo proxyless-exit=0 ;;
  *)
    echo "unknown command $4"; exit 1 ;;
esac
