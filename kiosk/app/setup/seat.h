/* [seat] of the settings: how the panel hangs, which keyboard is there and where touch
 * is, for what reads no .ini file: the compositor, its keyboard map, and udev (for
 * libinput). One thread. */
#ifndef BW_APP_SEAT_H
#define BW_APP_SEAT_H

#include "ini_text.h"

/* Whether a setting of [seat] may have this value:
 *
 *   rotate    quarters of a turn that the picture makes, clockwise: 0, 90, 180 or 270
 *   keyboard  a layout of X's, with its variant perhaps: us, nl, us(intl)
 *   touch     turned (with the picture), fixed (the panel turns its touch by itself), or
 *             what was measured: libinput's matrix, six numbers
 *
 * False for any other name. */
bool bw_seat_fits(const char *name, const char *value);

/* Writes the environment of the seat, a line a variable, in a folder that is made where
 * only it is missing: BW_CAGE_OPTIONS, XKB_DEFAULT_LAYOUT, XKB_DEFAULT_VARIANT and
 * LIBINPUT_CALIBRATION_MATRIX, each where the settings say something. systemd
 * (EnvironmentFile=) and udev (IMPORT{file}) read it.
 *
 * BW_BAD_INPUT: a value that doesn't fit, or a path that is too long; BW_READ_ONLY,
 * BW_FULL, BW_IO, BW_NO_MEMORY. What was there is untouched then. */
BW_NODISCARD enum bw_status bw_seat_write(
    const struct bw_ini_text *settings, const char *path, struct bw_error *err);

#endif
