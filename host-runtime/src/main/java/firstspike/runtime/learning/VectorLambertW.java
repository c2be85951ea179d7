package firstspike.runtime.learning;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link LambertW} far from the branch point, a vector at a time. */
final class VectorLambertW {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    private VectorLambertW() {}

    /**
     * 1 + W0(z) of many z, right where the steepness is below {@link LambertW#STEEP}.
     *
     * @param steepness -e z
     * @param padded how many, a multiple of the vector's length
     * @param out receives the values
     */
    static void onePlus(double[] steepness, int padded, double[] out) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1);
        for (int n = 0; n < padded; n += SPECIES.length()) {
            DoubleVector p = one.sub(DoubleVector.fromArray(SPECIES, steepness, n))
                    .mul(2)
                    .sqrt();
            DoubleVector up = p.mul(LambertW.N6).add(LambertW.N5);
            up = up.mul(p).add(LambertW.N4);
            up = up.mul(p).add(LambertW.N3);
            up = up.mul(p).add(LambertW.N2);
            up = up.mul(p).add(LambertW.N1);
            up = up.mul(p).add(1);
            DoubleVector down = p.mul(LambertW.D6).add(LambertW.D5);
            down = down.mul(p).add(LambertW.D4);
            down = down.mul(p).add(LambertW.D3);
            down = down.mul(p).add(LambertW.D2);
            down = down.mul(p).add(LambertW.D1);
            down = down.mul(p).add(1);
            p.mul(up).div(down).intoArray(out, n);
        }
    }
}
