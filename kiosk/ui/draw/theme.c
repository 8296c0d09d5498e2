/* Colours mixed and measured, and the curves of movement. Pure. */
#include "theme.h"

#include <math.h>

static unsigned
channel(bw_ui_colour colour, int shift)
{
    return (colour >> shift) & 0xFFu;
}

bw_ui_colour
bw_ui_colour_mix(bw_ui_colour under, bw_ui_colour over, int part)
{
    unsigned share = part < 0 ? 0 : part > 255 ? 255 : (unsigned)part;
    bw_ui_colour mixed = under & 0xFF000000u;
    for (int shift = 0; shift <= 16; shift += 8) {
        unsigned sum =
            channel(under, shift) * (255 - share) + channel(over, shift) * share;
        mixed |= ((sum + 127) / 255) << shift;
    }
    return mixed;
}

bw_ui_colour
bw_ui_colour_pressed(bw_ui_colour colour)
{
    switch (colour) {
    case BW_GRACHT:
        return BW_DIEP;
    case BW_WIT:
        return BW_MIST;
    case BW_MIST:
        return BW_PANEEL_RAND;
    case BW_ZON:
        return BW_ZON_DIEP;
    default:
        return bw_ui_colour_mix(colour, BW_WIT, 31);
    }
}

static double
linear(unsigned value)
{
    double part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double
luminance(bw_ui_colour colour)
{
    return 0.2126 * linear(channel(colour, 16)) + 0.7152 * linear(channel(colour, 8)) +
           0.0722 * linear(channel(colour, 0));
}

double
bw_ui_colour_contrast(bw_ui_colour one, bw_ui_colour other)
{
    double a = luminance(one);
    double b = luminance(other);
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
}

static double
within(double part)
{
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

double
bw_ui_ease_out(double part)
{
    double rest = 1 - within(part);
    return 1 - rest * rest * rest;
}

double
bw_ui_ease_in_out(double part)
{
    double t = within(part);
    return t * t * (3 - 2 * t);
}

double
bw_ui_ease_back(double part)
{
    double over = 1.2;
    double t = within(part) - 1;
    return 1 + (over + 1) * t * t * t + over * t * t;
}
