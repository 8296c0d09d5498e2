/* What the camera and hand scanners read. A text that is given to the desk is given once:
 * held in view, or shown again within three seconds, it is the same scan. UI thread only.
 */
#include "state.h"

#include <string.h>

/* FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): tells the few texts in view apart.
 */
static uint64_t
hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        hash = (hash ^ *at) * 0x100000001b3u;
    }
    return hash;
}

/* True where this text was just seen. Two tickets held up side by side are two scans, not
 * one after the other for ever: several texts are remembered. */
static bool
is_same_scan(struct bw_flow *flow, const char *text, struct bw_now now)
{
    uint64_t hash = hash_of(text);
    struct seen_text *oldest = &flow->seen[0];
    for (int i = 0; i < SCANS_SEEN; i++) {
        struct seen_text *seen = &flow->seen[i];
        if (seen->last_ms != 0 && seen->hash == hash) {
            bool same = now.mono_ms - seen->last_ms < SAME_SCAN_MS;
            seen->last_ms = now.mono_ms;
            return same;
        }
        if (seen->last_ms < oldest->last_ms) {
            oldest = seen;
        }
    }
    oldest->hash = hash;
    oldest->last_ms = now.mono_ms;
    return false;
}

/* A code that is no ticket, and since when it has been in the guide. */
static void
look_at_other(struct bw_flow *flow, const char *text, struct bw_now now)
{
    struct seen_text *other = &flow->other;
    uint64_t hash = hash_of(text);
    if (strncmp(text, "BW1:", 4) == 0) {
        memset(other, 0, sizeof *other);
        return;
    }
    if (other->hash != hash || now.mono_ms - other->last_ms >= SIGHTING_MS) {
        other->first_ms = now.mono_ms;
    }
    other->hash = hash;
    other->last_ms = now.mono_ms;
}

static void
on_enrolment(struct bw_flow *flow, const char *text, struct bw_effects *effects)
{
    static const char start[] = "{\"brugwachter_enrolment\":1";
    if (strncmp(text, start, sizeof start - 1) != 0) {
        set_key(flow->kiosk.outcome, "en.bad");
    } else if (flow->kiosk.running == BW_HELPER_NONE) {
        effect_helper(flow, effects, BW_HELPER_ENROL);
        struct bw_effect *effect = &effects->items[effects->count - 1];
        set_text(effect->text, sizeof effect->text, text);
    }
}

/* FL2: given to the desk at once. A text over 512 bytes is no ticket, whatever it begins
 * with. */
static void
give(struct bw_flow *flow, const char *text, struct bw_effects *effects)
{
    struct bw_command command;
    bw_command_init(&command, BW_COMMAND_SCAN);
    command.operated_by = flow_ops(flow)->scans_as;
    set_text(command.scan.text, sizeof command.scan.text,
        strlen(text) < BW_SCAN_BYTES ? text : "");
    effect_command(flow, effects,
        flow->screen == BW_SCREEN_STAFF ? FOR_TOAST : FOR_RESULT, &command);
}

/* A scan is no touch on the staff's screens: an unlocked kiosk that only sees tickets go
 * by is one that was left behind. */
void
flow_on_scan(struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_now now,
    struct bw_effects *effects)
{
    flow->hand_scanner = flow->hand_scanner || stimulus->hand_scanner;
    flow->unread = stimulus->hand_scanner ? flow->unread : 0;
    bool enrols = flow->screen == BW_SCREEN_FIRST_START;
    if (flow->screen == BW_SCREEN_CHECK) {
        flow->kiosk.scanned_test = true;
        return;
    }
    if (!enrols && flow_ops(flow)->scans_as == 0) {
        return;
    }
    look_at_other(flow, stimulus->text, now);
    if (is_same_scan(flow, stimulus->text, now)) {
        return;
    }
    if (!flow_ops(flow)->staff) {
        flow->touched_ms = now.mono_ms;
    }
    if (enrols) {
        on_enrolment(flow, stimulus->text, effects);
        return;
    }
    flow->read_ms = now.wall_ms;
    if (flow->screen == BW_SCREEN_AGENDA) {
        flow_rest(flow, now, effects);
    }
    if (flow_ops(flow)->scans_as != 0) {
        give(flow, stimulus->text, effects);
    }
}

/* What staff chose is kept; a camera that only does while another is missing isn't. */
void
flow_on_camera(
    struct bw_flow *flow, const struct bw_stimulus *stimulus, struct bw_effects *effects)
{
    flow->camera_present = stimulus->present;
    if (!stimulus->present) {
        return;
    }
    bool other = stimulus->camera != flow->camera;
    flow->camera = stimulus->camera;
    set_text(flow->camera_name, sizeof flow->camera_name, stimulus->text);
    if (!flow->kiosk.camera_asked) {
        return;
    }
    flow->kiosk.camera_asked = false;
    set_key(flow->kiosk.camera_line, other ? "" : "ch.camera.only");
    if (other) {
        flow->kiosk.scanned_test = false;
        struct bw_command command;
        bw_command_init(&command, BW_COMMAND_KEEP_CAMERA);
        command.operated_by = BW_OPERATOR_STAFF;
        command.camera = stimulus->camera;
        effect_command(flow, effects, FOR_CAMERA, &command);
    }
}

void
flow_on_sighting(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    if (flow->guide != stimulus->guide || now.mono_ms - flow->guide_ms > SIGHTING_MS) {
        flow->guide_since_ms = now.mono_ms;
        flow->unread_told = false;
    }
    flow->guide = stimulus->guide;
    flow->guide_ms = now.mono_ms;
    bool reading = stimulus->guide == BW_GUIDE_READING &&
                   now.mono_ms - flow->guide_since_ms >= READING_MS;
    flow->unread += reading && !flow->unread_told;
    flow->unread_told = flow->unread_told || reading;
    if (reading && flow->screen == BW_SCREEN_IDLE &&
        now.mono_ms - flow->reading_sound_ms >= READING_SOUND_MS) {
        flow->reading_sound_ms = now.mono_ms;
        effect_sound(effects, BW_SOUND_READING);
    }
}
