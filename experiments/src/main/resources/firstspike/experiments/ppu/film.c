/*
 * Films 256 membranes: every 'period' cycles one conversion of all columns, even and odd, into external memory. A picture is
 * 256 bytes from external byte 256 * n on; 'instants' has the cycle of each. Returns the number of pictures.
 */
#include "s2pp.h"

enum { MOST = 512 };

volatile int32_t pictures PUBLIC = 500;
volatile int32_t period PUBLIC = 500;
volatile uint32_t instants[MOST] PUBLIC;

int start(void)
{
    int count = pictures < MOST ? pictures : MOST;
    uint32_t next;
    fxvsplatb(0, READOUT_NEURON);
    for (int half = 0; half < 2; half++) {
        fxvoutx(0, VECTOR(WEIGHTS, SWITCHES, half), ALWAYS);
        fxvoutx(0, VECTOR(LABELS, SWITCHES, half), ALWAYS);
    }
    sync();
    next = cycles() + 100;
    for (int n = 0; n < count; n++) {
        while ((int32_t)(cycles() - next) < 0) {
        }
        instants[n] = cycles();
        fxvinx(1, VECTOR(CADC_CAUSAL, 0, 0));
        fxvinx(2, VECTOR(CADC_CAUSAL, 0, 1) | BUFFERED);
        fxvstax(1, 0x40000000u + 256 * n);
        fxvstax(2, 0x40000000u + 256 * n + 128);
        sync();
        next += period;
    }
    return count;
}
