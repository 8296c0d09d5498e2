/* Figures of a kiosk's machine, for who looks after many: in a hello they stand behind
 * the version, as `0.1.0 runs=12 cuts=1`. So a reader that knows none of them shows the
 * whole as the version, and one that is older than a figure passes it over. Any
 * thread. */
#ifndef BW_LETTER_FIGURES_H
#define BW_LETTER_FIGURES_H

#include <brugwachter/limits.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* -1: not known. */
struct bw_hello_figures {
    int64_t runs;      /* how often the kiosk took its store up */
    int64_t cuts;      /* … and had been cut off before */
    int64_t up_hours;  /* since the machine was started */
    int64_t store_mib; /* of the store's file, rounded up */
    int64_t fell_back; /* 1: its system's last update didn't start; the one before runs */
};

/* Writes the version (cut where it has no room) and the figures behind it: those that are
 * known and fit. Can't fail. */
void bw_hello_figures_write(const char *version, const struct bw_hello_figures *figures,
    char ret_text[BW_LABEL_BYTES]);

/* The version alone, and the figures that this program knows; what is none, or unknown,
 * is passed over. `text` is of a letter: any ASCII. Can't fail. */
void bw_hello_figures_read(const char *text, char ret_version[BW_LABEL_BYTES],
    struct bw_hello_figures *ret_figures);

#ifdef __cplusplus
}
#endif

#endif
