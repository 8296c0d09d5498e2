/* Sounds: as long and as loud as they should be, and each unlike the others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "ui/sound.h"
#include <SDL.h>

#include <stdlib.h>

enum { ROOM = BW_SOUND_RATE_HZ * 2 };

static int16_t samples[ROOM];

struct expected {
    enum bw_sound sound;
    int ms;
    int peak; /* of 32767, rounded up */
};

static const struct expected all[] = {
    {BW_SOUND_WELCOME, 500, 8231},
    {BW_SOUND_ALREADY, 340, 8231},
    {BW_SOUND_OTHER, 600, 8231},
    {BW_SOUND_UNKNOWN, 440, 4126},
    {BW_SOUND_WAIT, 800, 8231},
    {BW_SOUND_DONE, 200, 8231},
    {BW_SOUND_BACK, 200, 8231},
    {BW_SOUND_NO, 300, 4126},
    {BW_SOUND_KEY, 18, 2068},
    {BW_SOUND_READING, 30, 2068},
};
enum { SOUNDS = sizeof all / sizeof all[0] };

static void
sounds_last_as_long_as_the_tokens_say(void **state)
{
    (void)state;
    for (int i = 0; i < SOUNDS; i++) {
        assert_int_equal(bw_ui_sound_make(all[i].sound, samples, ROOM),
            BW_SOUND_RATE_HZ * all[i].ms / 1000);
    }
}

static void
sounds_never_pass_their_peak_and_come_near_it(void **state)
{
    (void)state;
    for (int i = 0; i < SOUNDS; i++) {
        int count = bw_ui_sound_make(all[i].sound, samples, ROOM);
        int peak = 0;
        for (int at = 0; at < count; at++) {
            peak = abs(samples[at]) > peak ? abs(samples[at]) : peak;
        }
        assert_in_range(peak, all[i].peak / 2, all[i].peak);
    }
}

static void
sounds_begin_and_end_without_a_click(void **state)
{
    (void)state;
    for (int i = 0; i < SOUNDS; i++) {
        int count = bw_ui_sound_make(all[i].sound, samples, ROOM);
        assert_true(abs(samples[0]) < 50);
        assert_true(abs(samples[count - 1]) < 50);
    }
}

static void
room_is_respected(void **state)
{
    (void)state;
    int16_t little[12] = {0};
    little[10] = little[11] = 77;
    bw_ui_sound_make(BW_SOUND_WELCOME, little, 10);
    assert_int_equal(little[10], 77);
}

static void
without_a_device_the_speaker_is_silent(void **state)
{
    (void)state;
    SDL_setenv("SDL_AUDIODRIVER", "nosuchdriver", 1);
    struct bw_ui_speaker *speaker = bw_ui_speaker_create();
    assert_non_null(speaker);
    assert_true(bw_ui_speaker_is_silent(speaker));
    bw_ui_speaker_play(speaker, BW_SOUND_WELCOME);
    bw_ui_speaker_destroy(speaker);
}

static void
with_a_device_it_plays(void **state)
{
    (void)state;
    SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    struct bw_ui_speaker *speaker = bw_ui_speaker_create();
    assert_false(bw_ui_speaker_is_silent(speaker));
    bw_ui_speaker_set_volume(speaker, 3);
    for (int sound = BW_SOUND_NONE; sound <= BW_SOUND_READING; sound++) {
        bw_ui_speaker_play(speaker, (enum bw_sound)sound);
    }
    bw_ui_speaker_destroy(speaker);
    bw_ui_speaker_destroy(NULL);
}

static void
speaker_that_rested_plays_again(void **state)
{
    (void)state;
    SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    struct bw_ui_speaker *speaker = bw_ui_speaker_create();
    bw_ui_speaker_rest(speaker);
    bw_ui_speaker_rest(speaker);
    assert_int_equal(SDL_GetAudioDeviceStatus(2), SDL_AUDIO_STOPPED);
    assert_false(bw_ui_speaker_is_silent(speaker));
    bw_ui_speaker_play(speaker, BW_SOUND_WELCOME);
    assert_int_equal(SDL_GetAudioDeviceStatus(2), SDL_AUDIO_PLAYING);
    bw_ui_speaker_destroy(speaker);
    bw_ui_speaker_rest(NULL);
}

static void
speaker_that_rested_is_woken_before_its_first_sound(void **state)
{
    (void)state;
    SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    struct bw_ui_speaker *speaker = bw_ui_speaker_create();
    bw_ui_speaker_rest(speaker);
    bw_ui_speaker_wake(speaker);
    assert_int_equal(SDL_GetAudioDeviceStatus(2), SDL_AUDIO_PLAYING);
    bw_ui_speaker_wake(speaker);
    bw_ui_speaker_rest(speaker);
    assert_int_equal(SDL_GetAudioDeviceStatus(2), SDL_AUDIO_STOPPED);
    bw_ui_speaker_destroy(speaker);
    bw_ui_speaker_wake(NULL);
}

static void
speaker_without_a_device_is_not_woken(void **state)
{
    (void)state;
    SDL_setenv("SDL_AUDIODRIVER", "there-is-none", 1);
    struct bw_ui_speaker *speaker = bw_ui_speaker_create();
    bw_ui_speaker_wake(speaker);
    assert_true(bw_ui_speaker_is_silent(speaker));
    bw_ui_speaker_destroy(speaker);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sounds_last_as_long_as_the_tokens_say),
        cmocka_unit_test(sounds_never_pass_their_peak_and_come_near_it),
        cmocka_unit_test(sounds_begin_and_end_without_a_click),
        cmocka_unit_test(room_is_respected),
        cmocka_unit_test(without_a_device_the_speaker_is_silent),
        cmocka_unit_test(with_a_device_it_plays),
        cmocka_unit_test(speaker_that_rested_plays_again),
        cmocka_unit_test(speaker_that_rested_is_woken_before_its_first_sound),
        cmocka_unit_test(speaker_without_a_device_is_not_woken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
