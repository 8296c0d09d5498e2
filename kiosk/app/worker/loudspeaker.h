/* The loudspeaker: opened when somebody is here, at rest when nobody is, and one sound
 * that waits until its picture stands. UI thread only. */
#ifndef BW_APP_LOUDSPEAKER_H
#define BW_APP_LOUDSPEAKER_H

#include <stdbool.h>
#include <stdint.h>
#include <ui/sound.h>

struct bw_loudspeaker {
    struct bw_ui_speaker *speaker; /* NULL: silent */
    enum bw_sound sound;           /* to be played once the picture stands */
    int64_t rest_ms;               /* monotonic; INT64_MAX: it rests */
};

/* Opens the device; a machine without one stays silent, and so does `mute`. */
void bw_loudspeaker_init(struct bw_loudspeaker *loudspeaker, bool mute);

/* Lets the device go. A zeroed one is fine. */
void bw_loudspeaker_finish(struct bw_loudspeaker *loudspeaker);

/* Somebody is here: it is open before the first sound. */
void bw_loudspeaker_wake(struct bw_loudspeaker *loudspeaker, int64_t now_ms);

/* Plays what waits, or lets it rest; true: it has just gone to rest. */
bool bw_loudspeaker_play(struct bw_loudspeaker *loudspeaker, int64_t now_ms);

/* How loud it is from the next sound on: 0 is silent, 100 as loud as it goes; what lies
 * beyond is taken for the nearest. */
void bw_loudspeaker_set_volume(struct bw_loudspeaker *loudspeaker, int per_cent);

#endif
