/* Tones: 8 ms attack, level, exponential release over the last 60 %. Peak -12 dBFS, soft
 * sounds less. All between 390 and 890 Hz, where older ears still hear well. */
#include "sound.h"

#include <SDL.h>
#include <math.h>
#include <stdlib.h>

enum { TONES_MAX = 5, ATTACK_MS = 8, SAMPLES_MAX = BW_SOUND_RATE_HZ * 2 };

#define HARMONIC_PART 0.2 /* -14 dB */
#define RELEASE_PART 0.6
#define RELEASE_FALL 5.0 /* e-folds */
#define TAU 6.283185307179586

struct tone {
    int hz, ms; /* 0 Hz: a pause */
};

struct melody {
    double peak_db;
    int count;
    struct tone tones[TONES_MAX];
};

static const struct melody melodies[] = {
    [BW_SOUND_NONE] = {0, 0, {{0, 0}}},
    [BW_SOUND_WELCOME] = {-12, 3, {{523, 120}, {659, 120}, {784, 260}}},
    [BW_SOUND_ALREADY] = {-12, 3, {{659, 110}, {0, 70}, {659, 160}}},
    [BW_SOUND_OTHER] = {-12, 3, {{659, 180}, {523, 180}, {659, 240}}},
    [BW_SOUND_UNKNOWN] = {-18, 2, {{392, 160}, {440, 280}}},
    [BW_SOUND_WAIT] = {-12, 5, {{587, 140}, {0, 160}, {494, 140}, {0, 160}, {587, 200}}},
    [BW_SOUND_DONE] = {-12, 2, {{659, 80}, {880, 120}}},
    [BW_SOUND_BACK] = {-12, 2, {{880, 80}, {659, 120}}},
    [BW_SOUND_NO] = {-18, 3, {{440, 120}, {0, 60}, {440, 120}}},
    [BW_SOUND_KEY] = {-24, 1, {{880, 18}}},
    [BW_SOUND_READING] = {-24, 1, {{784, 30}}},
};

struct bw_ui_speaker {
    SDL_AudioDeviceID device; /* 0: silent, or at rest */
    bool started, rests;
    int volume;
    int16_t samples[SAMPLES_MAX];
};

static double
envelope(int at, int length)
{
    int attack = BW_SOUND_RATE_HZ * ATTACK_MS / 1000;
    double rise = at < attack ? (double)at / attack : 1;
    double part = (double)at / length;
    double fall = part > 1 - RELEASE_PART
                      ? exp(-RELEASE_FALL * (part - (1 - RELEASE_PART)) / RELEASE_PART)
                      : 1;
    /* the very end reaches nothing, so that no click is left */
    double end = length - at < attack ? (double)(length - at) / attack : 1;
    return rise * fall * end;
}

int
bw_ui_sound_make(enum bw_sound sound, int16_t *ret_samples, int capacity)
{
    const struct melody *melody = &melodies[sound];
    double peak = 32767 * pow(10, melody->peak_db / 20) / (1 + HARMONIC_PART);
    int total = 0;
    for (int i = 0; i < melody->count; i++) {
        const struct tone *tone = &melody->tones[i];
        int length = BW_SOUND_RATE_HZ * tone->ms / 1000;
        for (int at = 0; at < length; at++, total++) {
            double turn = TAU * tone->hz * at / BW_SOUND_RATE_HZ;
            double wave = sin(turn) + HARMONIC_PART * sin(2 * turn);
            if (total < capacity) {
                ret_samples[total] =
                    (int16_t)lround(tone->hz ? peak * envelope(at, length) * wave : 0);
            }
        }
    }
    return total;
}

static void
open_device(struct bw_ui_speaker *speaker)
{
    SDL_AudioSpec wanted = {
        .freq = BW_SOUND_RATE_HZ, .format = AUDIO_S16SYS, .channels = 1, .samples = 1024};
    speaker->device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (speaker->device) {
        SDL_PauseAudioDevice(speaker->device, 0);
    }
}

struct bw_ui_speaker *
bw_ui_speaker_create(void)
{
    struct bw_ui_speaker *speaker = calloc(1, sizeof *speaker);
    if (!speaker) {
        return NULL;
    }
    speaker->volume = BW_VOLUME_MOST;
    speaker->started = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    if (speaker->started) {
        open_device(speaker);
    }
    return speaker;
}

void
bw_ui_speaker_rest(struct bw_ui_speaker *speaker)
{
    if (speaker && speaker->device) {
        SDL_CloseAudioDevice(speaker->device);
        speaker->device = 0;
        speaker->rests = true;
    }
}

void
bw_ui_speaker_wake(struct bw_ui_speaker *speaker)
{
    if (speaker && speaker->rests && !speaker->device && speaker->volume) {
        open_device(speaker);
    }
}

void
bw_ui_speaker_destroy(struct bw_ui_speaker *speaker)
{
    if (!speaker) {
        return;
    }
    if (speaker->device) {
        SDL_CloseAudioDevice(speaker->device);
    }
    if (speaker->started) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
    }
    free(speaker);
}

bool
bw_ui_speaker_is_silent(const struct bw_ui_speaker *speaker)
{
    return !speaker->device && !speaker->rests;
}

void
bw_ui_speaker_set_volume(struct bw_ui_speaker *speaker, int volume)
{
    speaker->volume = volume < 0 ? 0 : volume > BW_VOLUME_MOST ? BW_VOLUME_MOST : volume;
}

void
bw_ui_speaker_play(struct bw_ui_speaker *speaker, enum bw_sound sound)
{
    if (bw_ui_speaker_is_silent(speaker) || !speaker->volume || sound == BW_SOUND_NONE) {
        return;
    }
    bw_ui_speaker_wake(speaker);
    int count = bw_ui_sound_make(sound, speaker->samples, SAMPLES_MAX);
    for (int i = 0; i < count; i++) {
        speaker->samples[i] =
            (int16_t)(speaker->samples[i] * speaker->volume / BW_VOLUME_MOST);
    }
    SDL_ClearQueuedAudio(speaker->device);
    SDL_QueueAudio(speaker->device, speaker->samples,
        (Uint32)count * (Uint32)sizeof speaker->samples[0]);
}
