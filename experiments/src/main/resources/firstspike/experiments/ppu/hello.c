/* Says hello and its time; returns what the host wrote into 'answer'. */
#include "s2pp.h"

volatile int32_t answer PUBLIC = 0;

int start(void)
{
    mailbox_text("hello from the plasticity processor, cycle ");
    mailbox_number((int32_t)cycles());
    mailbox_text("\n");
    return answer;
}
