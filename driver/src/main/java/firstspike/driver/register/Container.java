package firstspike.driver.register;

/**
 * All register containers of chip, FPGA and board (registers.md). What a container holds and where it lies is data: ask
 * {@link #layout()}.
 */
public enum Container {
    /** Analog switches of one neuron circuit. */
    NEURON_CONFIG("NeuronConfig"),
    /** Digital part of one neuron circuit. */
    NEURON_BACKEND_CONFIG("NeuronBackendConfig"),
    /** Clocks of the back-ends of one side. */
    COMMON_NEURON_BACKEND_CONFIG("CommonNeuronBackendConfig"),
    /** Timing of the synapse memory of one hemisphere. */
    COMMON_SYNRAM_CONFIG("CommonSynramConfig"),
    /** Source of the synapse bias currents. */
    SYNAPSE_BIAS_SELECTION("SynapseBiasSelection"),
    /** Weights of four synapses. */
    SYNAPSE_WEIGHT_QUAD("SynapseWeightQuad"),
    /** Labels of four synapses. */
    SYNAPSE_LABEL_QUAD("SynapseLabelQuad"),
    /** Correlation calibration bits of four synapses. */
    SYNAPSE_CORRELATION_CALIB_QUAD("SynapseCorrelationCalibQuad"),
    /** Weights, labels and calibration bits of four synapses. */
    SYNAPSE_QUAD("SynapseQuad"),
    /** Switches between columns, CADC and neuron readout. */
    COLUMN_CORRELATION_QUAD("ColumnCorrelationQuad"),
    /** Switches between synapse columns and neurons. */
    COLUMN_CURRENT_QUAD("ColumnCurrentQuad"),
    /** One synapse driver. */
    SYNAPSE_DRIVER_CONFIG("SynapseDriverConfig"),
    /** Trigger of an event on the buses of one hemisphere. */
    PADI_EVENT("PADIEvent"),
    /** Event source of the buses of one hemisphere. */
    COMMON_PADI_BUS_CONFIG("CommonPADIBusConfig"),
    /** Clock of short-term plasticity of one hemisphere. */
    COMMON_STP_CONFIG("CommonSTPConfig"),
    /** Counters and throttling of the crossbar outputs. */
    CROSSBAR_OUTPUT_CONFIG("CrossbarOutputConfig"),
    /** Filter of one crossbar node. */
    CROSSBAR_NODE("CrossbarNode"),
    /** One background spike generator. */
    BACKGROUND_SPIKE_SOURCE("BackgroundSpikeSource"),
    /** Refresh and debug output of one CapMem block. */
    CAPMEM_BLOCK_CONFIG("CapMemBlockConfig"),
    /** Reference currents of the CapMem. */
    REFERENCE_GENERATOR_CONFIG("ReferenceGeneratorConfig"),
    /** CADC of one hemisphere. */
    CADC_CONFIG("CADCConfig"),
    /** Offset of one CADC channel. */
    CADC_CHANNEL_CONFIG("CADCChannelConfig"),
    /** Correlation and quad reset timing of one hemisphere. */
    COMMON_CORRELATION_CONFIG("CommonCorrelationConfig"),
    /** State changes of the MADC. */
    MADC_CONTROL("MADCControl"),
    /** Settings of the MADC. */
    MADC_CONFIG("MADCConfig"),
    /** Signals on one analog pad. */
    PAD_MULTIPLEXER_CONFIG("PadMultiplexerConfig"),
    /** Signals on the two readout lines. */
    READOUT_SOURCE_SELECTION("ReadoutSourceSelection"),
    /** Current source for measurements. */
    CURRENT_DAC("CurrentDAC"),
    /** Whether the FPGA keeps events. */
    EVENT_RECORDING_CONFIG("EventRecordingConfig"),
    /** Longest time that an instruction may block. */
    INSTRUCTION_TIMEOUT_CONFIG("InstructionTimeoutConfig"),
    /** Interrupt of the system-time correction. */
    SYSTIME_CORRECTION_BARRIER_CONFIG("SystimeCorrectionBarrierConfig"),
    /** Serial spike interface. */
    SPIKE_IO_CONFIG("SpikeIOConfig"),
    /** Retries of the time synchronisation. */
    FPGA_SYSTIME_SYNC_NUM_RETRIES("FPGASystimeSyncNumRetries"),
    /** What the polling block compares. */
    POLLING_OMNIBUS_BLOCK_CONFIG("PollingOmnibusBlockConfig"),
    /** One clock generator. */
    ADPLL("ADPLL"),
    /** Frequency check of the clocks. */
    PLL_SELF_TEST("PLLSelfTest"),
    /** Clock outputs. */
    PLL_CLOCK_OUTPUT_BLOCK("PLLClockOutputBlock"),
    /** Enabled links on the FPGA side. */
    COMMON_PHY_CONFIG_FPGA("CommonPhyConfigFPGA"),
    /** Enabled links on the chip side. */
    COMMON_PHY_CONFIG_CHIP("CommonPhyConfigChip"),
    /** One link on the FPGA side. */
    PHY_CONFIG_FPGA("PhyConfigFPGA"),
    /** One link on the chip side. */
    PHY_CONFIG_CHIP("PhyConfigChip"),
    /** Reset and clock of one plasticity processor. */
    PPU_CONTROL_REGISTER("PPUControlRegister"),
    /** Word of a plasticity processor's memory. */
    PPU_MEMORY_WORD("PPUMemoryWord"),
    /** Start value of the system time. */
    SYSTIME_SYNC_BASE("SystimeSyncBase"),
    /** Board shift register. */
    SHIFT_REGISTER("ShiftRegister"),
    /** Channels of one board DAC. */
    DAC_CONTROL("DACControl"),
    /** Memory timing of the neuron configurations of one quadrant. */
    NEURON_SRAM_TIMING_CONFIG("NeuronSRAMTimingConfig"),
    /** Memory timing of the back-ends of one side. */
    NEURON_BACKEND_SRAM_TIMING_CONFIG("NeuronBackendSRAMTimingConfig"),
    /** Memory timing of the drivers of one hemisphere. */
    SYNAPSE_DRIVER_SRAM_TIMING_CONFIG("SynapseDriverSRAMTimingConfig"),
    /** Memory timing of the CADC offsets of one quadrant. */
    CADC_OFFSET_SRAM_TIMING_CONFIG("CADCOffsetSRAMTimingConfig"),
    /** Memory timing of one CapMem block. */
    CAPMEM_SRAM_TIMING_CONFIG("CapMemSRAMTimingConfig"),
    /** Value of one analog parameter. */
    CAPMEM_CELL("CapMemCell"),
    /** Artificial spike of one neuron. */
    NEURON_RESET("NeuronReset"),
    /** Artificial spike of four neurons. */
    NEURON_RESET_QUAD("NeuronResetQuad"),
    /** Post pulse for all neurons of one side. */
    BLOCK_POST_PULSE("BlockPostPulse"),
    /** Clears one spike counter. */
    SPIKE_COUNTER_RESET("SpikeCounterReset"),
    /** Clears the correlation of four synapses. */
    CORRELATION_RESET("CorrelationReset"),
    /** One spike counter. */
    SPIKE_COUNTER_READ("SpikeCounterRead"),
    /** Four CADC samples. */
    CADC_SAMPLE_QUAD("CADCSampleQuad"),
    /** Events of an input that were dropped. */
    CROSSBAR_INPUT_DROP_COUNTER("CrossbarInputDropCounter"),
    /** Events that left by an output. */
    CROSSBAR_OUTPUT_EVENT_COUNTER("CrossbarOutputEventCounter"),
    /** State of one plasticity processor. */
    PPU_STATUS_REGISTER("PPUStatusRegister"),
    /** Result of the frequency check. */
    PLL_SELF_TEST_STATUS("PLLSelfTestStatus"),
    /** Identity of the chip's JTAG. */
    JTAG_ID_CODE("JTAGIdCode"),
    /** Identity of the FPGA. */
    FPGA_DEVICE_DNA("FPGADeviceDNA"),
    /** Last round-trip time of the synchronisation. */
    FPGA_SYSTIME_SYNC_LAST_RTT("FPGASystimeSyncLastRTT"),
    /** Last system time received from the chip. */
    FPGA_SYSTIME_SYNC_LAST_ASIC_SYSTIME("FPGASystimeSyncLastAsicSystime"),
    /** Whether a synchronisation runs. */
    FPGA_SYSTIME_SYNC_ACTIVE_STATE("FPGASystimeSyncActiveState"),
    /** Counters of one link. */
    PHY_STATUS("PhyStatus"),
    /** Counters of the link protocol. */
    HICANN_ARQ_STATUS("HicannARQStatus"),
    /** Read-out of the playback timer. */
    PLAYBACK_TIMER("PlaybackTimer"),
    /** Link performance test. */
    PERF_TEST("PerfTest"),
    /** Result of the link performance test. */
    PERF_TEST_STATUS("PerfTestStatus"),
    /** Byte of the external memory. */
    EXTERNAL_PPU_MEMORY_BYTE("ExternalPPUMemoryByte"),
    /** Byte of the external DRAM. */
    EXTERNAL_PPU_DRAM_MEMORY_BYTE("ExternalPPUDRAMMemoryByte"),
    /** Serial route of one spike label. */
    SPIKE_IO_OUTPUT_ROUTE("SpikeIOOutputRoute"),
    /** Spike label of one serial address. */
    SPIKE_IO_INPUT_ROUTE("SpikeIOInputRoute"),
    /** Byte for one SPI client. */
    SPI_BYTE("SPIByte"),
    /** Byte from or to one I2C device. */
    I2C_BYTE("I2CByte"),
    /** Clock divider of the I2C master. */
    I2C_PRESCALER("I2CPrescaler"),
    /** Output of one board DAC channel. */
    DAC_CHANNEL("DACChannel"),
    /** What a barrier waits for. */
    BARRIER("Barrier"),
    /** Level of the reset pin. */
    RESET_CHIP("ResetChip"),
    /** Speed of JTAG. */
    JTAG_CLOCK_SCALER("JTAGClockScaler"),
    /** Resets the JTAG state machine. */
    RESET_JTAG_TAP("ResetJTAGTap"),
    /** Starts a time synchronisation. */
    SYSTIME_SYNC("SystimeSync");

    private static final Container[] ALL = values();

    private final String title;

    Container(String title) {
        this.title = title;
    }

    /** Name as the register tables write it, for example {@code NeuronConfig}. */
    public String title() {
        return title;
    }

    /** Fields, words and addresses. */
    public ContainerLayout layout() {
        return RegisterModel.layout(this);
    }

    /**
     * The container of that name.
     *
     * @param title as in the register tables
     * @throws IllegalArgumentException if there is none
     */
    public static Container ofTitle(String title) {
        for (Container container : ALL) {
            if (container.title.equals(title)) {
                return container;
            }
        }
        throw new IllegalArgumentException(
                "no register container is called " + title + "; see Container for the names");
    }

    static Container of(int ordinal) {
        return ALL[ordinal];
    }
}
