package firstspike.runtime.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void writesEveryKindOfValueInTheOrderOfTheMap() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("z", 1L);
        tree.put("a", Arrays.asList(0.1, null, true, "x\"\\\n\u0001é☂"));
        tree.put("m", Map.of());
        tree.put("l", List.of(List.of(1), Map.of("k", 2)));

        String text = JsonText.compact(tree);

        assertThat(text)
                .isEqualTo("{\"z\":1,\"a\":[0.1,null,true,\"x\\\"\\\\\\n\\u0001é☂\"],\"m\":{},\"l\":[[1],{\"k\":2}]}");
    }

    @Test
    void prettyTextReadsBackToTheSameTree() throws JsonProcessingException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("list", List.of(1L, 2.5, "three", List.of(Map.of("a", 1L))));
        tree.put("text", "😀 lone \uD83D end");

        Object again = JsonTree.toTree(JsonTree.parse(JsonText.pretty(tree)));

        assertThat(again).isEqualTo(tree);
    }

    @Test
    void infinityIsATextAndNotANumberIsNull() {
        assertThat(JsonText.compact(List.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN)))
                .isEqualTo("[\"inf\",\"-inf\",null]");
    }

    @Test
    void refusesTypesThatJsonDoesNotHave() {
        assertThatThrownBy(() -> JsonText.compact(new Object())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesDeepAndTrailingInput() {
        assertThatThrownBy(() -> JsonTree.parse("[".repeat(65) + "]".repeat(65)))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JsonTree.parse("{} {}")).isInstanceOf(JsonProcessingException.class);
    }
}
