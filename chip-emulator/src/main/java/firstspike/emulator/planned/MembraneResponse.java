package firstspike.emulator.planned;

/**
 * The response of a membrane with time constants tau_m and tau_s after any time (analog.md 9): U(s) = U0 e^(-s/tau_m) +
 * J K(s) with K(s) = (e^(-s/tau_m) - e^(-s/tau_s)) / (1/tau_s - 1/tau_m), by a series where the exponentials lie close.
 */
final class MembraneResponse {
    /** Below this difference of exponents the series is used; its first term left out is below 1e-16. */
    private static final double CLOSE = 0.25;

    final double inverseTauM;
    final double inverseTauS;

    /** e^(-s/tau_m), e^(-s/tau_s) and K(s) in seconds of the last {@link #after}. */
    double membrane;

    double line;
    double response;

    private final double difference;

    /** Time constants in seconds. */
    MembraneResponse(double tauM, double tauS) {
        inverseTauM = 1 / tauM;
        inverseTauS = 1 / tauS;
        difference = inverseTauS - inverseTauM;
    }

    /** Computes the response after s seconds, 0 or more. */
    void after(double s) {
        line = TableExp.of(s * inverseTauS);
        double y = s * difference;
        if (Math.abs(y) < CLOSE) {
            // expm1(y)/y
            double p = 1
                    + y
                            * (0.5
                                    + y
                                            * (1.0 / 6
                                                    + y
                                                            * (1.0 / 24
                                                                    + y
                                                                            * (1.0 / 120
                                                                                    + y
                                                                                            * (1.0 / 720
                                                                                                    + y
                                                                                                            * (1.0
                                                                                                                            / 5040
                                                                                                                    + y
                                                                                                                            * (1.0
                                                                                                                                            / 40320
                                                                                                                                    + y
                                                                                                                                            * (1.0
                                                                                                                                                            / 362880
                                                                                                                                                    + y
                                                                                                                                                            * (1.0
                                                                                                                                                                            / 3628800
                                                                                                                                                                    + y
                                                                                                                                                                            * (1.0
                                                                                                                                                                                    / 39916800))))))))));
            response = s * line * p;
            membrane = line * (1 + y * p);
        } else {
            membrane = TableExp.of(s * inverseTauM);
            response = (membrane - line) / difference;
        }
    }

    /** Potential after s seconds of a membrane that starts at x with the current j; leaves e^(-s/tau_s) in {@link #line}. */
    double potential(double x, double j, double s) {
        after(s);
        return x * membrane + j * response;
    }
}
