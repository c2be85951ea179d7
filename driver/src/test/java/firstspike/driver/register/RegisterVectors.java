package firstspike.driver.register;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;

/** Reads register vectors and their notation of words. */
final class RegisterVectors {

    private RegisterVectors() {}

    static JsonNode read(String file) {
        return VectorFiles.read(file);
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
