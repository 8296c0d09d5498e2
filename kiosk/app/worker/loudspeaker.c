/* The loudspeaker: see loudspeaker.h. */
#include "loudspeaker.h"

#include <stddef.h>

enum { REST_AFTER_MS = 30000 };

void
bw_loudspeaker_init(struct bw_loudspeaker *loudspeaker, bool mute)
{
    *loudspeaker = (struct bw_loudspeaker){
        .speaker = mute ? NULL : bw_ui_speaker_create(), .rest_ms = 0};
}

void
bw_loudspeaker_finish(struct bw_loudspeaker *loudspeaker)
{
    bw_ui_speaker_destroy(loudspeaker->speaker);
    loudspeaker->speaker = NULL;
}

/* One that can't be opened is tried once a visit: it may take its time. */
void
bw_loudspeaker_wake(struct bw_loudspeaker *loudspeaker, int64_t now_ms)
{
    if (loudspeaker->rest_ms == INT64_MAX) {
        bw_ui_speaker_wake(loudspeaker->speaker);
    }
    loudspeaker->rest_ms = now_ms + REST_AFTER_MS;
}

bool
bw_loudspeaker_play(struct bw_loudspeaker *loudspeaker, int64_t now_ms)
{
    bool rests = false;
    if (loudspeaker->sound != BW_SOUND_NONE) {
        if (loudspeaker->speaker != NULL) {
            bw_ui_speaker_play(loudspeaker->speaker, loudspeaker->sound);
        }
        loudspeaker->rest_ms = now_ms + REST_AFTER_MS;
    } else if (now_ms >= loudspeaker->rest_ms) {
        bw_ui_speaker_rest(loudspeaker->speaker);
        loudspeaker->rest_ms = INT64_MAX;
        rests = true;
    }
    loudspeaker->sound = BW_SOUND_NONE;
    return rests;
}

void
bw_loudspeaker_set_volume(struct bw_loudspeaker *loudspeaker, int per_cent)
{
    if (loudspeaker->speaker != NULL) {
        bw_ui_speaker_set_volume(loudspeaker->speaker, per_cent);
    }
}
