package firstspike.emulator.ppu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.vectors.VectorFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Processors against the recorded cases of {@code ppu.json} (ppu.md 8): every number and every cycle. */
class PpuVectorTest {
    private static final int RETURN_CODE = 3071;
    private static final int MAILBOX = 3072;
    private static final JsonNode VECTORS = VectorFiles.read("ppu.json");

    @TestFactory
    @DisplayName("P-01 single scalar instructions")
    Stream<DynamicTest> scalar() {
        return cases("scalar").map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> scalar(c)));
    }

    @TestFactory
    @DisplayName("P-02 single vector instructions")
    Stream<DynamicTest> vector() {
        return cases("vector")
                .filter(c -> c.get("words").size() == 1)
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> vector(c)));
    }

    @TestFactory
    @DisplayName("P-03 sequences of vector instructions")
    Stream<DynamicTest> sequences() {
        return cases("vector")
                .filter(c -> c.get("words").size() > 1)
                .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> vector(c)));
    }

    @TestFactory
    @DisplayName("P-04 programs: memory, mailbox, return codes, actions, instructions")
    Stream<DynamicTest> programs() {
        return cases("programs").map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> program(c, false)));
    }

    @TestFactory
    @DisplayName("P-05 programs: cycles")
    Stream<DynamicTest> cycles() {
        return cases("programs").map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> program(c, true)));
    }

    @TestFactory
    @DisplayName("P-06 random generators")
    Stream<DynamicTest> random() {
        return cases("random").map(c -> DynamicTest.dynamicTest("generator " + c.get("generator"), () -> random(c)));
    }

    private static Stream<JsonNode> cases(String kind) {
        return StreamSupport.stream(VECTORS.get(kind).spliterator(), false);
    }

    private static int hex(String text) {
        return Integer.parseUnsignedInt(text, 16);
    }

    private static void scalar(JsonNode c) {
        int[] words = new int[DataMemory.SRAM_WORDS];
        Processor processor = new Processor(0, words, 0, StubBus.alone());
        Registers registers = processor.registers();
        String[] r = c.get("r").asText().split(" ");
        int[] expected = new int[32];
        for (int i = 0; i < 32; i++) {
            registers.general[i] = hex(r[i]);
            expected[i] = registers.general[i];
        }
        Map<String, Integer> state = new HashMap<>();
        c.get("before")
                .properties()
                .forEach(e -> state.put(e.getKey(), hex(e.getValue().asText())));
        set(registers, state);
        byte[] memory = new byte[4 * words.length];
        put(memory, hex(c.get("mem").get(0).asText()), c.get("mem").get(1).asText());
        put(memory, 0x100, c.get("word").asText());
        for (int i = 0; i < words.length; i++) {
            words[i] = VectorState.word(memory, i);
        }

        processor.stepAt(0x100);

        c.get("r_after")
                .properties()
                .forEach(e -> expected[Integer.parseInt(e.getKey())] =
                        hex(e.getValue().asText()));
        int[] general = new int[32];
        System.arraycopy(registers.general, 0, general, 0, 32);
        assertThat(general).isEqualTo(expected);
        c.get("after")
                .properties()
                .forEach(e -> state.put(e.getKey(), hex(e.getValue().asText())));
        Map<String, Integer> after = new HashMap<>(get(registers));
        after.put("pc", processor.programCounter());
        after.keySet().retainAll(state.keySet());
        assertThat(after).isEqualTo(state);
        c.get("mem_after")
                .properties()
                .forEach(e -> put(memory, hex(e.getKey()), e.getValue().asText()));
        byte[] memoryAfter = new byte[memory.length];
        for (int i = 0; i < words.length; i++) {
            VectorState.word(memoryAfter, i, words[i]);
        }
        assertThat(memoryAfter).isEqualTo(memory);
        assertThat(processor.illegal())
                .isEqualTo(c.path("illegal").asBoolean() || c.path("illegal").asInt() == 1 ? 1 : 0);
    }

    private static final List<String> SAVE = List.of("srr0", "srr1", "csrr0", "csrr1", "mcsrr0", "mcsrr1");

    private static void set(Registers registers, Map<String, Integer> values) {
        values.forEach((name, value) -> {
            switch (name) {
                case "cr" -> registers.condition = value;
                case "xer" -> registers.exception = value;
                case "lr" -> registers.link = value;
                case "ctr" -> registers.count = value;
                case "msr" -> registers.state = value;
                case "esr" -> registers.syndrome = value;
                case "dear" -> registers.dataAddress = value;
                case "gout" -> registers.special(66, value);
                case "goe" -> registers.special(67, value);
                case "pc" -> {}
                default -> registers.save[SAVE.indexOf(name)] = value;
            }
        });
    }

    private static Map<String, Integer> get(Registers registers) {
        Map<String, Integer> values = new HashMap<>(Map.of(
                "cr", registers.condition,
                "xer", registers.exception,
                "lr", registers.link,
                "ctr", registers.count,
                "msr", registers.state,
                "esr", registers.syndrome,
                "dear", registers.dataAddress,
                "gout", registers.special(66),
                "goe", registers.special(67)));
        for (int i = 0; i < SAVE.size(); i++) {
            values.put(SAVE.get(i), registers.save[i]);
        }
        return values;
    }

    private static void put(byte[] memory, int address, String bytes) {
        byte[] values = HexFormat.of().parseHex(bytes);
        System.arraycopy(values, 0, memory, address, values.length);
    }

    private static void vector(JsonNode c) {
        int[] words = new int[DataMemory.SRAM_WORDS];
        Processor processor = new Processor(0, words, 0, StubBus.alone());
        VectorState state = processor.vectors().state;
        c.get("v")
                .properties()
                .forEach(e -> put(
                        state.register[Integer.parseInt(e.getKey())],
                        0,
                        e.getValue().asText()));
        processor.registers().general[5] = hex(c.get("r5").asText());
        accumulator(c.get("acc").asText(), state.accumulator);
        conditions(c, state);
        int at = 0;
        for (JsonNode word : c.get("words")) {
            words[at++] = hex(word.asText());
        }

        for (int i = 0; i < at; i++) {
            processor.stepAt(4 * i);
        }

        JsonNode after = c.get("after");
        for (String register : c.get("touched").asText().split(" ")) {
            assertThat(HexFormat.of().formatHex(state.register[Integer.parseInt(register)]))
                    .as("register " + register)
                    .isEqualTo(after.get("v").get(register).asText());
        }
        int[] accumulator = new int[VectorState.HALFWORDS];
        accumulator(after.path("acc").asText(c.get("acc").asText()), accumulator);
        assertThat(state.accumulator).isEqualTo(accumulator);
        VectorState expected = new VectorState();
        conditions(c, expected);
        merge(after, expected);
        assertThat(state.conditions).isEqualTo(expected.conditions);
    }

    private static void accumulator(String text, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = hex(text.substring(8 * i, 8 * i + 8));
        }
    }

    private static void conditions(JsonNode c, VectorState state) {
        merge(c, state);
    }

    private static void merge(JsonNode c, VectorState state) {
        String[] names = {"gt", "lt", "eq"};
        for (int flag = 0; flag < names.length; flag++) {
            if (!c.has(names[flag])) {
                continue;
            }
            byte[] bits = HexFormat.of().parseHex(c.get(names[flag]).asText());
            for (int lane = 0; lane < VectorState.LANES; lane++) {
                boolean set = (bits[lane / 8] >> 7 - lane % 8 & 1) != 0;
                state.conditions[lane] =
                        (byte) (set ? state.conditions[lane] | 1 << flag : state.conditions[lane] & ~(1 << flag));
            }
        }
    }

    private static void program(JsonNode c, boolean cyclesToo) {
        int[][] memories = new int[2][DataMemory.SRAM_WORDS];
        Map<Integer, Integer> chip = new HashMap<>();
        Map<Integer, Integer> fpga = new HashMap<>();
        StubBus[] buses = {new StubBus(0, memories, chip, fpga), new StubBus(1, memories, chip, fpga)};
        Processor[] processors = new Processor[2];
        for (int i = 0; i < 2; i++) {
            processors[i] = new Processor(i, memories[i], 0, buses[i]);
        }
        prepare(c.get("pre"), chip, fpga, buses);
        for (Iterator<String> names = c.get("image").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            byte[] image = HexFormat.of().parseHex(c.get("image").get(name).asText());
            byte[] padded = new byte[4 * DataMemory.SRAM_WORDS];
            System.arraycopy(image, 0, padded, 0, image.length);
            for (int i = 0; i < DataMemory.SRAM_WORDS; i++) {
                memories[Integer.parseInt(name)][i] = VectorState.word(padded, i);
            }
        }
        for (Iterator<String> names = c.get("image").fieldNames(); names.hasNext(); ) {
            processors[Integer.parseInt(names.next())].start(0);
        }
        Processors both = new Processors(processors[0], processors[1]);
        long limit = c.get("max_cycles").asLong();
        for (long now = both.next(); now < limit; now = both.next()) {
            both.run(now, limit);
        }

        JsonNode expect = c.get("expect");
        for (Iterator<String> names = expect.get("ppu").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            int index = Integer.parseInt(name);
            verify(expect.get("ppu").get(name), processors[index], memories[index], cyclesToo);
        }
        for (Iterator<String> names = expect.path("words").fieldNames(); names.hasNext(); ) {
            String name = names.next();
            int first = hex(name);
            List<String> found = new ArrayList<>();
            List<String> wanted = new ArrayList<>();
            for (JsonNode word : expect.get("words").get(name)) {
                wanted.add(word.asText());
                int at = first + found.size();
                found.add(String.format("%08x", at < 0 ? buses[0].readFpga(0, at) : buses[0].read(0, at)));
            }
            assertThat(found).as("words at " + name).isEqualTo(wanted);
        }
        List<String> actions = new ArrayList<>();
        for (StubBus bus : buses) {
            bus.actions.forEach(a -> actions.add(
                    a.kind() + " " + bus.hemisphere() + " " + a.row() + " " + a.sensor() + " " + a.columns()));
        }
        List<String> wanted = new ArrayList<>();
        for (JsonNode action : expect.path("actions")) {
            List<Integer> columns = new ArrayList<>();
            action.get(4).forEach(column -> columns.add(column.asInt()));
            wanted.add(action.get(0).asText() + " " + action.get(1).asText() + " "
                    + action.get(2).asText() + " " + action.get(3).asText() + " " + columns);
        }
        assertThat(actions).isEqualTo(wanted);
    }

    private static void prepare(JsonNode pre, Map<Integer, Integer> chip, Map<Integer, Integer> fpga, StubBus[] buses) {
        if (pre == null || pre.isNull()) {
            return;
        }
        pre.path("omnibus").properties().forEach(e -> {
            int first = hex(e.getKey());
            for (int k = 0; k < e.getValue().size(); k++) {
                (first < 0 ? fpga : chip).put(first + k, hex(e.getValue().get(k).asText()));
            }
        });
        pre.path("cadc").properties().forEach(e -> {
            StubBus bus = buses[Integer.parseInt(e.getKey())];
            samples(e.getValue().path("causal").asText(), bus.causal);
            samples(e.getValue().path("acausal").asText(), bus.acausal);
        });
    }

    private static void samples(String text, int[] to) {
        byte[] values = HexFormat.of().parseHex(text);
        for (int i = 0; i < values.length; i++) {
            to[i] = values[i] & 0xFF;
        }
    }

    private static void verify(JsonNode expect, Processor processor, int[] memory, boolean cyclesToo) {
        assertThat(processor.state().name().toLowerCase(java.util.Locale.ROOT))
                .isEqualTo(expect.get("state").asText());
        assertThat(processor.programCounter()).isEqualTo(hex(expect.get("pc").asText()));
        assertThat(memory[RETURN_CODE]).isEqualTo(expect.get("return_code").asInt());
        byte[] mailbox = new byte[4096];
        for (int i = 0; i < 1024; i++) {
            VectorState.word(mailbox, i, memory[MAILBOX + i]);
        }
        String text = HexFormat.of().formatHex(mailbox);
        String wanted = expect.get("mailbox").asText();
        assertThat(text.substring(0, wanted.length())).isEqualTo(wanted);
        assertThat(text.substring(wanted.length())).matches("0*");
        assertThat(processor.illegal()).isEqualTo(expect.get("illegal").asLong());
        assertThat(processor.instructions()).isEqualTo(expect.get("retired").asLong());
        if (cyclesToo) {
            assertThat(processor.cycles()).isEqualTo(expect.get("cycles").asLong());
        }
    }

    private static void random(JsonNode c) {
        int generator = c.get("generator").asInt();
        RandomGenerators generators = new RandomGenerators();
        generators.seed(generator, hex(c.get("seed").asText()));
        byte[] draws = HexFormat.of().parseHex(c.get("draws").asText());
        assertThat(RandomGenerators.tapsOf(generator))
                .isEqualTo(hex(c.get("taps").asText()));
        for (byte draw : draws) {
            assertThat(generators.draw(generator)).isEqualTo(draw & 0xFF);
        }
    }
}
