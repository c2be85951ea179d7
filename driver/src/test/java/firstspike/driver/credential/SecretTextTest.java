package firstspike.driver.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grpc://lab:7007?token=S3CRET | grpc://lab:7007?token=***",
                "grpc://lab:7007?chip=a&access_token=S3CRET&ppu=refuse | grpc://lab:7007?chip=a&access_token=***&ppu=refuse",
                "grpcs://me:S3CRET@lab:7007?chip=a | grpcs://***@lab:7007?chip=a",
                "target: 'grpc://lab?TOKEN=S3CRET' has | target: 'grpc://lab?TOKEN=***' has",
                "--password=S3CRET | --password=***",
                "authorization: Bearer S3CRETS3CRET | authorization: Bearer ***",
                "emu:varied?seed=7&mismatch=residual | emu:varied?seed=7&mismatch=residual",
                "grpcs://lab?token_file=/home/me/t&key_file=k.pem | grpcs://lab?token_file=/home/me/t&key_file=k.pem"
            })
    @DisplayName("secrets of URIs and options are hidden, names of files and all else stay")
    void hides(String typed, String shown) {
        assertThat(SecretText.hide(typed)).isEqualTo(shown);
    }
}
