/* The stage's folder, camera and clock: see stage.h. */
#include "stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

uint64_t
stage_clock_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int
set_stage(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);
    folder_make(&stage->folder);
    stage->now_ms = still_clock_ms();
    *state = stage;
    return 0;
}

int
clear_stage(void **state)
{
    struct stage *stage = *state;
    bw_camera_destroy(stage->camera);
    folder_remove(&stage->folder);
    free(stage);
    return 0;
}

void
stage_script(struct stage *stage, const char *name, enum deed deed)
{
    pgm_write_flat(folder_file(&stage->folder, name), 1280, 720, (uint8_t)deed);
}

void
stage_start(struct stage *stage, const char *ending, bool enrolment)
{
    char spec[300];
    struct bw_error err = {0};
    (void)snprintf(spec, sizeof spec, "images:%s%s", stage->folder.path, ending);
    struct bw_camera_options options = {
        .spec = spec, .enrolment = enrolment, .clock_ms = still_clock_ms};
    if (bw_camera_create(&options, &stage->camera, &err) != BW_OK ||
        bw_camera_start(stage->camera, &err) != BW_OK) {
        fail_msg("%s", err.text);
    }
}

void
stage_await(struct stage *stage, enum bw_camera_message_kind kind)
{
    uint64_t limit_ms = stage_clock_ms() + STAGE_LIMIT_MS;
    while (stage_clock_ms() < limit_ms) {
        while (bw_camera_pop(stage->camera, &stage->message)) {
            if (stage->message.kind == kind) {
                return;
            }
        }
        bw_camera_step(stage->camera, stage->now_ms, 20);
    }
    fail_msg("no message of kind %d within two minutes; the last: %d %s", (int)kind,
        (int)stage->message.kind, stage->message.text);
}

struct bw_mailbox_pulse
stage_await_pulse(struct stage *stage, uint32_t picture)
{
    uint64_t limit_ms = stage_clock_ms() + STAGE_LIMIT_MS;
    while (stage_clock_ms() < limit_ms) {
        struct bw_mailbox_pulse pulse = bw_mailbox_pulse(stage->camera->live);
        if (pulse.busy_since_ms != 0 && pulse.picture == picture) {
            return pulse;
        }
        bw_camera_step(stage->camera, stage->now_ms, 20);
    }
    fail_msg("the sandbox wasn't busy with picture %u within two minutes", picture);
    return (struct bw_mailbox_pulse){0};
}

void
stage_pass_ms(
    struct stage *stage, const struct bw_mailbox_pulse *pulse, uint64_t passed_ms)
{
    stage->camera->heard_ms = pulse->busy_since_ms;
    stage->now_ms = pulse->busy_since_ms + passed_ms;
}

void
stage_say_word(struct stage *stage)
{
    bw_child_tell(&stage->camera->child, BW_SANDBOX_GO_ON);
}

void
stage_drain(struct stage *stage)
{
    struct bw_camera_frame frame;
    while (bw_camera_pop(stage->camera, &stage->message)) {
    }
    (void)bw_camera_frame(stage->camera, &frame);
}

void
stage_assert_says(struct stage *stage, const char *text)
{
    do {
        stage_await(stage, BW_CAMERA_SIGHTING);
    } while (stage->message.sighting.kind != BW_SIGHTING_TEXT);
    assert_string_equal(stage->message.sighting.text, text);
}
