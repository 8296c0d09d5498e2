/* What a visitor sets while they stand here: language, size of type, reading aloud and
 * how loud. One person's, all four: they go back together, with the screen that ends the
 * visit, with the next one's ticket, or a minute after the last of them at rest.
 *
 * Reading goes on from screen to screen until then, but never where only staff look, and
 * not at the PIN, whose keys the hall needn't hear. UI thread only. */
#include "aids.h"

#include "effect.h"

/* Per cent of the loudest, 6 dB apart, over 18 dB (EN 301 549, 8.2.1.1); then silence. */
static const int loudness[] = {100, 50, 25, 12, 0};
enum { STEPS = sizeof loudness / sizeof *loudness, SILENT = STEPS - 1 };

static void
set_quieter(struct bw_flow *flow, int quieter, struct bw_effects *effects)
{
    if (flow->aids.quieter != quieter) {
        flow->aids.quieter = quieter;
        bw_flow_effect(effects, BW_EFFECT_VOLUME)->volume = loudness[quieter];
    }
}

void
bw_flow_aids_usual_volume(struct bw_flow *flow, struct bw_effects *effects)
{
    set_quieter(flow, flow->aids.staff_quieter, effects);
}

/* Round: from loud to silent, and loud again. */
void
bw_flow_aids_staff_volume(struct bw_flow *flow, struct bw_effects *effects)
{
    flow->aids.staff_quieter = (flow->aids.staff_quieter + 1) % STEPS;
    bw_flow_aids_usual_volume(flow, effects);
}

int
bw_flow_aids_level(int quieter)
{
    return SILENT - quieter;
}

void
bw_flow_aids_hush(struct bw_flow *flow, struct bw_effects *effects)
{
    if (flow->aids.reading) {
        bw_flow_effect(effects, BW_EFFECT_HUSH);
    }
    flow->aids.reading = false;
}

static void
read(struct bw_flow *flow, enum bw_effect_kind what, struct bw_effects *effects)
{
    bool heard = !bw_flow_ops(flow)->staff && flow->screen != BW_SCREEN_PIN;
    if (flow->aids.aloud && heard) {
        bw_flow_effect(effects, what);
        flow->aids.reading = true;
    }
}

void
bw_flow_aids_read(struct bw_flow *flow, struct bw_effects *effects)
{
    read(flow, BW_EFFECT_SPEAK, effects);
}

void
bw_flow_aids_reset(struct bw_flow *flow, struct bw_effects *effects)
{
    bw_flow_aids_hush(flow, effects);
    flow->language = flow->options.language;
    flow->larger = flow->options.larger;
    flow->aids.aloud = false;
    bw_flow_aids_usual_volume(flow, effects);
}

void
bw_flow_aids_tick(struct bw_flow *flow, struct bw_now now, struct bw_effects *effects)
{
    if (bw_flow_ops(flow)->resting && now.mono_ms - flow->aids.set_ms >= AIDS_MS) {
        bw_flow_aids_reset(flow, effects);
    }
}

/* Pressed while it reads it is too much; once it is silent, it is wanted again. Who asks
 * to hear gets to hear something, where staff have muted the kiosk too. */
static void
read_aloud(struct bw_flow *flow, bool reads, struct bw_effects *effects)
{
    flow->aids.aloud = !(flow->aids.aloud && reads);
    if (flow->aids.aloud && flow->aids.quieter == SILENT) {
        set_quieter(flow, SILENT - 1, effects);
    }
    bw_flow_aids_read(flow, effects);
}

/* By its number and 1, or the next one. */
static void
set_language(struct bw_flow *flow, int index)
{
    int count = flow->options.languages > 0 ? flow->options.languages : BW_ENGLISH + 1;
    int next = index > 0 ? index - 1 : ((int)flow->language + 1) % count;
    flow->language = next < count ? (enum bw_language)next : flow->language;
}

bool
bw_flow_aids_act(struct bw_flow *flow, const struct bw_stimulus *stimulus,
    struct bw_now now, struct bw_effects *effects)
{
    bw_flow_aids_hush(flow, effects); /* any touch stops the reading */
    switch ((int)stimulus->action) {
    case BW_ACTION_LANGUAGE:
        set_language(flow, stimulus->index);
        bw_flow_aids_read(flow, effects);
        flow->aids.set_ms = now.mono_ms;
        return flow->screen != BW_SCREEN_RESULT; /* which stands longer for a touch */
    case BW_ACTION_LARGER:
        flow->larger = !flow->larger;
        break;
    case BW_ACTION_READ_ALOUD:
        read_aloud(flow, stimulus->reads, effects);
        break;
    case BW_ACTION_LOUDER: /* round: the quietest that is heard follows the loudest */
        if (flow->aids.aloud) {
            set_quieter(flow, (flow->aids.quieter + SILENT - 1) % SILENT, effects);
            bw_flow_aids_read(flow, effects);
        }
        break;
    case BW_ACTION_FOCUS:
        read(flow, BW_EFFECT_SPEAK_FOCUS, effects);
        flow->aids.set_ms = now.mono_ms;
        return false; /* the screen counts it as a touch */
    default:
        return false;
    }
    flow->aids.set_ms = now.mono_ms;
    return true;
}
