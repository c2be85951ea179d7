package firstspike.driver.register;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one container of the register model; the resource explains its notation itself. */
final class LayoutReader {

    private static final int NO_ELEMENT = -1;

    private final JsonNode node;
    private final Container container;
    private final List<RegisterField> fields = new ArrayList<>();

    LayoutReader(JsonNode node) {
        this.node = node;
        container = Container.ofTitle(node.get("name").asText());
    }

    ContainerLayout layout() {
        AddressDigit[] digits = new AddressDigit[node.get("digits").size()];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = digit(node.get("digits").get(i));
        }
        int[] offsets = numbers(node.get("offsets"));
        int words = node.path("words").asInt(offsets.length);
        return new ContainerLayout(new LayoutSpecification(
                container,
                AddressSpace.valueOf(constant(node.get("space"))),
                Access.valueOf(constant(node.get("access"))),
                node.path("action").asBoolean(false),
                node.path("differential").asBoolean(false),
                node.path("lanes").asBoolean(false),
                words,
                node.has("packing") ? WordPacking.valueOf(constant(node.get("packing"))) : WordPacking.PLAIN,
                node.has("constants") ? numbers(node.get("constants")) : new int[words],
                node.has("fixed") ? numbers(node.get("fixed")) : new int[words],
                node.has("storage") ? numbers(node.get("storage")) : new int[0],
                new AddressRule(digits, offsets),
                fields,
                members(node.get("fields"), "", NO_ELEMENT)));
    }

    private FieldTree members(JsonNode list, String prefix, int element) {
        Map<String, FieldTree> members = new LinkedHashMap<>();
        for (JsonNode field : list) {
            String name = field.get("name").asText();
            members.put(name, field(field, prefix + name, element));
        }
        return FieldTree.structure(members);
    }

    /** A field of the container, or of the structure with this index. */
    private FieldTree field(JsonNode field, String path, int element) {
        if (field.has("members")) {
            List<FieldTree> structures = new ArrayList<>();
            for (int i = 0; i < field.get("elements").asInt(); i++) {
                structures.add(members(field.get("members"), path + "[" + i + "].", i));
            }
            return FieldTree.array(structures);
        }
        JsonNode bits =
                element == NO_ELEMENT ? field.get("bits") : field.get("bits").get(element);
        JsonNode value = element == NO_ELEMENT ? field.get("default") : select(field.get("default"), element);
        if (!field.has("elements")) {
            return leaf(field, path, bits, value);
        }
        List<FieldTree> elements = new ArrayList<>();
        for (int i = 0; i < field.get("elements").asInt(); i++) {
            elements.add(leaf(field, path + "[" + i + "]", bits.get(i), select(value, i)));
        }
        return FieldTree.array(elements);
    }

    private FieldTree leaf(JsonNode field, String path, JsonNode bits, JsonNode value) {
        RegisterField.Kind kind = RegisterField.Kind.valueOf(constant(field.get("type")));
        List<String> names = texts(field.path("values"));
        List<Long> legal = new ArrayList<>();
        field.path("codes").forEach(code -> legal.add(code.asLong()));
        SortedMap<Long, String> special = new TreeMap<>();
        field.path("names")
                .properties()
                .forEach(name ->
                        special.put(Long.valueOf(name.getKey()), name.getValue().asText()));
        List<BitSlice> slices = new ArrayList<>();
        for (String part : bits.asText().split(" ")) {
            if (!part.isEmpty()) {
                slices.add(BitSlice.parse(part));
            }
        }
        fields.add(new RegisterField(new FieldSpecification(
                container,
                path,
                kind,
                legal.isEmpty() ? field.path("min").asLong(0) : legal.get(0),
                legal.isEmpty() ? maximum(kind, field, names) : legal.get(legal.size() - 1),
                names,
                special,
                value.isTextual() ? names.indexOf(value.asText()) : value.asLong(),
                code(field),
                field.path("stored_offset").asLong(0),
                List.copyOf(legal),
                List.copyOf(slices))));
        return FieldTree.leaf(fields.size() - 1);
    }

    private static RegisterField.Code code(JsonNode field) {
        if (field.has("code")) {
            return RegisterField.Code.valueOf(constant(field.get("code")));
        }
        return field.has("codes") ? RegisterField.Code.LIST : RegisterField.Code.OFFSET;
    }

    private static long maximum(RegisterField.Kind kind, JsonNode field, List<String> names) {
        return switch (kind) {
            case BOOL -> 1;
            case INT -> field.get("max").asLong();
            case ENUM -> names.size() - 1;
        };
    }

    private static AddressDigit digit(JsonNode digit) {
        if (digit.has("bases")) {
            int[] bases = numbers(digit.get("bases"));
            return new AddressDigit(bases.length, bases, new int[0]);
        }
        int[] strides = digit.has("strides")
                ? numbers(digit.get("strides"))
                : new int[] {digit.get("stride").asInt()};
        return new AddressDigit(digit.get("count").asInt(), new int[0], strides);
    }

    /** Decimal numbers, or hexadecimal text. */
    private static int[] numbers(JsonNode list) {
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = list.get(i);
            numbers[i] = number.isTextual() ? (int) Long.decode(number.asText()).longValue() : number.asInt();
        }
        return numbers;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    private static JsonNode select(JsonNode value, int index) {
        return value.isArray() ? value.get(index) : value;
    }

    private static String constant(JsonNode text) {
        return text.asText().toUpperCase(Locale.ROOT);
    }
}
