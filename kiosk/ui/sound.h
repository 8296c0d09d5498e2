/* The kiosk's sounds, made from numbers: a sine and its second harmonic. States differ in
 * how many tones there are and which way they go, not in pitch alone.
 *
 * No device is no error: the kiosk goes on silently. UI thread only. */
#ifndef BW_UI_SOUND_H
#define BW_UI_SOUND_H

#include "flow/view.h"
#include <stdbool.h>
#include <stdint.h>

enum { BW_SOUND_RATE_HZ = 48000, BW_VOLUME_MOST = 100 };

struct bw_ui_speaker;

/* Opens the default device; never fails (a speaker without a device is silent), but for
 * memory: NULL. The caller destroys it. */
struct bw_ui_speaker *bw_ui_speaker_create(void);
/* Gives the device back, too. NULL is fine. */
void bw_ui_speaker_destroy(struct bw_ui_speaker *speaker);
/* Whether there is no device; one that rests may have one. */
bool bw_ui_speaker_is_silent(const struct bw_ui_speaker *speaker);

/* A part of the amplitude, of BW_VOLUME_MOST; 0 is mute. */
void bw_ui_speaker_set_volume(struct bw_ui_speaker *speaker, int volume);

/* Lets go of the device until the next sound: an open one is fed, sound or not. Nothing
 * should be playing any more. */
void bw_ui_speaker_rest(struct bw_ui_speaker *speaker);

/* Somebody comes: opens the device where it rested, which may take some milliseconds, so
 * that the next sound finds it open. Not when mute. NULL is fine. */
void bw_ui_speaker_wake(struct bw_ui_speaker *speaker);

/* Starts the sound at once; what still played is cut. Wakes the speaker first. */
void bw_ui_speaker_play(struct bw_ui_speaker *speaker, enum bw_sound sound);

/* Samples of the sound, 16 bit mono at BW_SOUND_RATE_HZ, at full volume; returns how many
 * there are, and writes at most `capacity` of them. Pure. */
int bw_ui_sound_make(enum bw_sound sound, int16_t *ret_samples, int capacity);

#endif
