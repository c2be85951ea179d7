package firstspike.driver.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.link.ResultAssembler;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WireErrorsTest {

    @Test
    @DisplayName("W134 W135 every error of the codec has code, subject, value, limit, remedy, and no foreign text")
    void complete() {
        FromFpgaDecoder from = new FromFpgaDecoder(new ResultAssembler());
        ToFpgaDecoder to = new ToFpgaDecoder(message -> {});
        ResultAssembler late = new ResultAssembler();
        late.systime(FromFpga.MAX_TIME);
        late.sysdelta(0);
        FromFpgaDecoder cut = new FromFpgaDecoder(new ResultAssembler());
        cut.word(0x0c00L << 48);
        for (WireException error : List.of(
                caught(WireException.Code.FIELD_RANGE, () -> ToFpga.waitUntil(1L << 32)),
                caught(WireException.Code.FIELD_RANGE, () -> new FromFpgaEncoder().sysdelta(256)),
                caught(WireException.Code.FIELD_RANGE, () -> ToFpgaMessage.of(0x0300L << 48, 7)),
                caught(WireException.Code.UNKNOWN_HEADER, () -> from.word(0x7f00L << 48)),
                caught(WireException.Code.DECODER_POISONED, () -> from.word(0)),
                caught(WireException.Code.UNKNOWN_HEADER, () -> to.word(0x7f00L << 48)),
                caught(WireException.Code.DECODER_POISONED, () -> to.word(0)),
                caught(WireException.Code.TRUNCATED, cut::finish),
                late.failure().orElseThrow())) {
            ErrorDetail detail = error.detail();
            assertThat(List.of(detail.thing(), detail.value(), detail.limit(), detail.remedy()))
                    .as(error.toString())
                    .allSatisfy(part -> {
                        assertThat(part).isNotBlank().doesNotContain("/", "\n", "\tat ");
                        assertThat(error.getMessage()).contains(part);
                    });
            assertThat(error.getMessage()).startsWith(error.code().name());
        }
        assertThat(late.failure().orElseThrow().code()).isEqualTo(WireException.Code.TIME_OVERFLOW);
    }

    private static WireException caught(WireException.Code code, Runnable call) {
        WireException error = catchThrowableOfType(WireException.class, call::run);
        assertThat(error.code()).isEqualTo(code);
        return error;
    }
}
