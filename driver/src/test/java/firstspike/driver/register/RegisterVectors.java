package firstspike.driver.register;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads vector files: from the test resources, or from the folder that {@code firstspike.vectors} names. */
final class RegisterVectors {

    private RegisterVectors() {}

    static JsonNode read(String file) throws IOException {
        String folder = System.getProperty("firstspike.vectors", "");
        try (InputStream in = folder.isBlank()
                ? RegisterVectors.class.getResourceAsStream("/vectors/" + file)
                : Files.newInputStream(Path.of(folder, file))) {
            return JsonMapper.builder().build().readTree(in);
        }
    }

    /** Hexadecimal texts as words. */
    static int[] words(JsonNode texts) {
        int[] words = new int[texts.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = (int) Long.decode(texts.get(i).asText()).longValue();
        }
        return words;
    }

    /** Words as the vectors write them. */
    static String hex(int word) {
        return String.format("0x%08x", word);
    }
}
